import { randomUUID } from 'node:crypto';
import { ITEMS_VARIABLE } from '../../modules/orchestration/items/format';
import type { Faults } from './arguments';
import { InjectedFaults } from './injected-faults';
import { type LocalItems, runItems } from './items/item-jobs';
import { failedJob } from './job-detail';
import type { TaskCall, TaskOutcome } from './state-machine/interpreter';
import { type JobSetting, overridesOf, type SubmitJob, SubmittedJob } from './submitted-job';

export interface LocalBatchProps extends Omit<JobSetting, 'faults'> {
  readonly faults: Faults;
  /** Of a job with `forEach`. */
  readonly items?: LocalItems;
}

/** Plays AWS Batch for the jobs of one execution: restarts, timeouts, Spot interruptions, refusals. */
export class LocalBatch {
  private readonly setting: JobSetting;
  private readonly items: LocalItems | undefined;
  /** The queue of the first submission. Any other is for on-demand capacity. */
  private firstQueue: string | undefined;

  constructor({ items, ...props }: LocalBatchProps) {
    this.items = items;
    this.setting = { ...props, faults: new InjectedFaults(props.faults) };
  }

  /** Numbers of the attempts that ran. */
  get attempts(): ReadonlySet<string> {
    return this.setting.faults.attempts;
  }

  /** Options that inject faults and have had no effect so far. */
  get unused(): string[] {
    return this.setting.faults.unused;
  }

  /**
   * Submits a job and waits for its end, as the state machine's Task does.
   *
   * @throws UsageError if there is no container for it
   */
  async submit({ parameters }: Pick<TaskCall, 'parameters'>): Promise<TaskOutcome> {
    const { setting, items } = this;
    const { faults, report } = setting;
    if (faults.refuses()) return this.refused();
    const job = parameters as unknown as SubmitJob;
    this.firstQueue ??= job.JobQueue;
    const onDemand = job.JobQueue !== this.firstQueue;
    const uri = overridesOf(job)[ITEMS_VARIABLE];
    if (items !== undefined && uri !== undefined) return runItems(setting, job, onDemand, uri, items);
    const output = {
      add: (stream: 'stdout' | 'stderr', chunk: Buffer) => report.output(stream, chunk),
      end: () => report.outputEnded(),
    };
    const { succeeded, detail } = await new SubmittedJob(setting, job, { id: randomUUID(), onDemand, output }).run();
    return succeeded ? { output: detail } : failedJob(detail);
  }

  private refused(): TaskOutcome {
    const error = 'Batch.AWSBatchException';
    const cause =
      'Too Many Requests (Service: AWSBatch; Status Code: 429; Error Code: TooManyRequestsException; Request ID: local)';
    this.setting.report.tell({ type: 'refused', error: 'Too Many Requests', injected: true });
    return { error, cause };
  }
}
