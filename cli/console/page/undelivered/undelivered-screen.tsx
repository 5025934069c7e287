import './undelivered.css';
import { PageHead } from '../parts/page-head';
import { Empty } from '../parts/states';
import { href, type Route } from '../routing/route';
import { UndeliveredEvents } from './undelivered-events';

/** Events that could not start a run. There are some in AWS only. */
export function UndeliveredScreen({ route }: { readonly route: Route }) {
  if (route.place === 'aws') return <UndeliveredEvents route={route} />;
  return (
    <>
      <PageHead title="Undelivered events" />
      <section class="card" aria-label="Undelivered events">
        <Empty>
          No undelivered events. Events that cannot start a run are kept in AWS for 14 days:{' '}
          <a href={href('aws', '/undelivered')}>show those of AWS</a>.
        </Empty>
      </section>
    </>
  );
}
