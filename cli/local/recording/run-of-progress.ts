import { miniBars } from '../../model/mini-bars';
import type { Fact, MiniBar, Run, RunItems } from '../../model/run';
import type { RecordedItems, RecordedRun } from './format';
import type { RunProgress } from './run-progress';

/** A recorded run as the console shows it, without the text of its event. */
export function runOfProgress(
  { id, job, name, startedAt, event, earlier, policy, command, words, items }: RecordedRun,
  { attempts, waits, trigger, notes, by, image, end }: RunProgress,
): Run {
  const attempt = attempts.at(-1)?.number;
  const facts: Fact[] = image === undefined ? [] : [{ label: 'Image', value: image, isCode: true }];
  return {
    ...{ id, job, name, startedAt, place: 'local', outcome: end?.outcome ?? 'running' },
    source: event.source,
    ...(earlier !== undefined && { earlier }),
    maximum: policy.attempts,
    ...(attempt !== undefined && { attempt }),
    ...(end !== undefined && { endedAt: end.at }),
    ...(end?.stoppedBy !== undefined && { stoppedBy: end.stoppedBy }),
    ...(end?.error !== undefined && { error: end.error }),
    ...(end?.reason !== undefined && { reason: end.reason }),
    ...(end?.cause !== undefined && { cause: end.cause }),
    ...{ event, trigger, attempts, waits, policy, command, words, notes, facts },
    ...(by !== undefined && { by }),
    ...(items !== undefined && { items: runItems(items) }),
  };
}

/** The items of a run as the console shows them. */
export function runItems({ count, failures, ...counts }: RecordedItems): RunItems {
  return { count, counts, failures: failures.map(({ attempt, ...failure }) => failure) };
}

/** The mini timeline of a recorded run. @param now of a run that goes on */
export function recordedBars(recorded: RecordedRun, progress: RunProgress, now = Date.now()): MiniBar[] {
  return miniBars(runOfProgress(recorded, progress), progress.end?.at ?? now);
}
