import { pageFiles } from '../../../cli/console/server/page';
import type { Result } from './result';

/** What the browser loads before it shows anything. */
export async function measurePage(): Promise<readonly Result[]> {
  const bytes = [...(await pageFiles()).values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return [{ what: 'HTML, CSS and JavaScript', value: bytes / 1024, unit: 'KB', budget: 150 }];
}
