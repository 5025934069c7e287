import type { RunLocation, RunRow } from '../../../model/run';
import { tell } from '../api/client';
import { runAgainInAws } from '../aws/runs-in-aws';
import { navigate } from '../routing/location';
import { runHref } from '../routing/route';

/** Starts the same run again and shows it. In AWS it asks first. */
export async function runAgain(place: RunLocation, row: RunRow): Promise<void> {
  if (place === 'aws') {
    await runAgainInAws(row);
    return;
  }
  const { id } = await tell<{ readonly id: string }>('/api/local/start', { job: row.job, again: row.id });
  navigate(runHref(place, id));
}
