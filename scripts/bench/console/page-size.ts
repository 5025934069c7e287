import { releasedPage } from '../../../cli/console/server/page-bundle';
import type { Result } from './result';

/** What the browser loads before it shows anything. */
export function measurePage(): readonly Result[] {
  const bytes = [...releasedPage().values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return [{ what: 'HTML, CSS and JavaScript', value: bytes / 1024, unit: 'KB', budget: 150 }];
}
