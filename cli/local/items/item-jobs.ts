import { randomUUID } from 'node:crypto';
import { type IndexLine, ITEM_COUNT_VARIABLE } from '../../../modules/orchestration/items/format';
import { failedJob } from '../job-detail';
import type { TaskOutcome } from '../state-machine/interpreter';
import { type JobSetting, overridesOf, type SubmitJob, SubmittedJob } from '../submitted-job';
import type { EndedChild, EndedJobs } from './ended-jobs';
import { inPool } from './pool';
import type { ItemsProgress } from './progress';

/** What the arrays of a job with `forEach` need. */
export interface LocalItems {
  /** Most containers at the same time. */
  readonly jobs: number;
  /** The lines of an index at an address of S3. */
  readonly index: (uri: string) => Promise<readonly IndexLine[]>;
  readonly progress: ItemsProgress;
  /** Keeps how jobs ended, for the function that asks AWS Batch. */
  readonly ended: EndedJobs;
}

/** The status reason of an array of which a child failed. */
const CHILD_FAILED = 'Array Child Job failed';

/**
 * Runs the children of an array, or a plain job with the only item. Fails if one of them does.
 *
 * @param uri address of the index
 * @throws UsageError if there is no container for it
 */
export async function runItems(
  setting: JobSetting,
  job: SubmitJob,
  onDemand: boolean,
  uri: string,
  { jobs, index, progress, ended }: LocalItems,
): Promise<TaskOutcome> {
  const { report, source } = setting;
  const overrides = overridesOf(job);
  const id = randomUUID();
  const size = job.ArrayProperties?.Size ?? 1;
  const isArray = job.ArrayProperties !== undefined;
  const lines = await index(uri);
  const attempt = overrides.STP_CURRENT_ATTEMPT ?? '1';
  report.tell({
    type: 'items',
    attempt,
    maximumAttempts: overrides.STP_MAXIMUM_ATTEMPTS,
    items: Number(overrides[ITEM_COUNT_VARIABLE]),
    children: size,
    jobs,
    onDemand,
    by: source.description,
  });
  const failures = new Map<number, EndedChild>();
  progress.begin(size);
  try {
    await inPool(size, jobs, async (number) => {
      const { item = number } = lines[number] ?? {};
      progress.started();
      const output = report.outputOf(item);
      const place = isArray ? { id: `${id}:${number}`, child: { number, size } } : { id };
      const { succeeded, end, last } = await new SubmittedJob(setting, job, { ...place, item, onDemand, output }).run();
      progress.ended({ item, attempt: Number(attempt), ...end });
      if (!succeeded) failures.set(number, last);
    });
  } finally {
    progress.stop();
  }
  progress.end(attempt);
  const statusReason = failures.size === 0 ? '' : isArray ? CHILD_FAILED : (failures.get(0)?.statusReason ?? '');
  ended.add(id, { size, failed: failures, isArray, statusReason });
  const { JobName, JobQueue, JobDefinition } = job;
  const detail = { JobId: id, JobName, JobQueue, JobDefinition, StatusReason: statusReason };
  return failures.size === 0
    ? { output: { ...detail, Status: 'SUCCEEDED' } }
    : failedJob({ ...detail, Status: 'FAILED' });
}
