import type { Place, RunRow } from '../../model/run';
import { tell } from '../api/client';
import { navigate } from '../routing/location';
import { href, runHref } from '../routing/route';

/** Starts the same run again and shows it. In AWS the editor asks before it does. */
export async function runAgain(place: Place, row: RunRow): Promise<void> {
  if (place === 'aws') return navigate(href(place, '/send', { job: row.job, run: row.id }));
  const { id } = await tell<{ readonly id: string }>('/api/local/start', { job: row.job, again: row.id });
  navigate(runHref(place, id));
}
