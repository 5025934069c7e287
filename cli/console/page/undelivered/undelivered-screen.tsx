import { PageHead } from '../parts/page-head';
import type { Route } from '../routing/route';

/** Placeholder. */
export function UndeliveredScreen({ route }: { readonly route: Route }) {
  return <PageHead title={route.id ?? 'Undelivered'} />;
}
