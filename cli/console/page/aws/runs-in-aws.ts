import { counted } from '../../../../modules/problems/phrases';
import type { Run } from '../../../model/run';
import { tell } from '../api/client';
import { navigate } from '../routing/location';
import { runHref } from '../routing/route';
import { askInAws } from './ask-in-aws';

/** A run that was started, or found. */
interface Started {
  readonly id: string;
  /** Whether the event had started it before. */
  readonly isDuplicate?: boolean;
}

/** Asks, starts a run with an event, and goes to it unless the event had started it before. Undefined if the person gave up. */
export async function startInAws(job: string, eventText: string): Promise<Started | undefined> {
  return shown(
    await askInAws({
      question: `Start ${job}`,
      action: 'Start run',
      work: (place) => tell<Started>('/api/aws/start', { ...place, job, eventText }),
    }),
  );
}

/** Asks, repeats a run, and goes to the new one. @param eventText as JSON. Default: the event of the run */
export async function runAgainInAws(
  { id, job }: Pick<Run, 'id' | 'job'>,
  eventText?: string,
): Promise<Started | undefined> {
  return shown(
    await askInAws({
      question: `Run ${job} again`,
      action: 'Run again',
      children: eventText === undefined ? 'It gets the same event.' : 'It gets the changed event.',
      work: (place) => tell<Started>('/api/aws/rerun', { ...place, id, eventText }),
    }),
  );
}

/** Asks, runs only those items of a run again that failed, and goes to the new run. */
export async function runFailedAgainInAws(
  { id, job }: Pick<Run, 'id' | 'job'>,
  failed: number,
): Promise<Started | undefined> {
  return shown(
    await askInAws({
      question: `Run ${counted(failed, 'item')} of ${job} again`,
      action: 'Run failed again',
      children: 'The new run has the same event, and only the items that failed.',
      work: (place) => tell<Started>('/api/aws/rerun', { ...place, id, items: 'failed' }),
    }),
  );
}

function shown(started: Started | undefined): Started | undefined {
  if (started !== undefined && started.isDuplicate !== true) navigate(runHref('aws', started.id));
  return started;
}
