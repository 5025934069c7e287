import type { HistoryEvent } from '@aws-sdk/client-sfn';

/** One array of a run with items, or a plain job for an array of one. */
export interface SubmittedArray {
  readonly attempt: number;
  readonly array: number;
  readonly size: number;
  readonly jobId: string;
}

const START = Date.parse('2026-11-27T06:00:00.000Z');

/**
 * The history of a run with items, as Step Functions writes it: the iterations of its Map alternate, and each event names the one before it in
 * its own iteration. Put together by AWS's documentation of the events, not recorded.
 */
export class ArrayHistory {
  readonly events: HistoryEvent[] = [];
  private readonly last = new Map<string, number>();

  /** A Map begins over arrays. */
  map(attempt: number, sizes: readonly number[], onDemand = false): this {
    const Arrays = sizes.map((Size, place) => ({ Number: place, Size, Items: uri(attempt, place) }));
    const input = JSON.stringify({ Answer: { Next: 'run', Count: 4, Attempt: attempt, OnDemand: onDemand, Arrays } });
    this.add('', { type: 'MapStateEntered', stateEnteredEventDetails: { name: 'Run the items', input } });
    return this.add('', { type: 'MapStateStarted', mapStateStartedEventDetails: { length: sizes.length } });
  }

  submit({ attempt, array, size, jobId }: SubmittedArray, state = stateOf(size)): this {
    const key = `${attempt}-${array}`;
    this.last.set(key, this.last.get('') ?? 0);
    this.add(key, { type: 'MapIterationStarted', mapIterationStartedEventDetails: { index: array } });
    return this.scheduled({ attempt, array, size, jobId }, state).add(key, {
      type: 'TaskSubmitted',
      taskSubmittedEventDetails: { ...BATCH, output: JSON.stringify({ JobId: jobId, JobName: 'report-1' }) },
    });
  }

  /** Only the request, which AWS Batch has not answered. */
  scheduled({ attempt, array, size }: SubmittedArray, state = stateOf(size)): this {
    const key = `${attempt}-${array}`;
    const parameters = JSON.stringify({
      JobName: 'report-1',
      JobQueue: 'arn:aws:batch:eu-west-1:123456789012:job-queue/shop-spot',
      ...(size > 1 && { ArrayProperties: { Size: size } }),
      ContainerOverrides: {
        Environment: [
          { Name: 'STP_MAXIMUM_ATTEMPTS', Value: '2' },
          { Name: 'STP_CURRENT_ATTEMPT', Value: String(attempt) },
          { Name: 'STP_ITEMS', Value: uri(attempt, array) },
          { Name: 'STP_ITEM_COUNT', Value: '4' },
        ],
      },
    });
    return this.add(key, { type: 'TaskStateEntered', stateEnteredEventDetails: { name: state } })
      .add(key, { type: 'TaskScheduled', taskScheduledEventDetails: { ...BATCH, region: 'eu-west-1', parameters } })
      .add(key, { type: 'TaskStarted', taskStartedEventDetails: BATCH });
  }

  refused({ attempt, array }: Pick<SubmittedArray, 'attempt' | 'array'>): this {
    const [error, cause] = ['Batch.AWSBatchException', 'Too Many Requests'];
    return this.add(`${attempt}-${array}`, { type: 'TaskFailed', taskFailedEventDetails: { ...BATCH, error, cause } });
  }

  /** An array ends with this summary of its children. AWS counts each status, also those without a child. */
  end({ attempt, array, size, jobId }: SubmittedArray, summary: Readonly<Record<string, number>>): this {
    const key = `${attempt}-${array}`;
    const isFailed = (summary.FAILED ?? 0) > 0;
    const detail = {
      JobId: jobId,
      JobName: 'report-1',
      Status: isFailed ? 'FAILED' : 'SUCCEEDED',
      StatusReason: isFailed ? (size > 1 ? 'Array Child Job failed' : 'Essential container in task exited') : undefined,
      CreatedAt: START,
      StoppedAt: START + 60_000,
      Container: size > 1 ? {} : { ExitCode: isFailed ? 3 : 0, LogStreamName: `stream-${jobId}` },
      ...(size > 1 && { ArrayProperties: { Size: size, StatusSummary: { ...EVERY_STATUS, ...summary } } }),
    };
    const text = JSON.stringify(detail);
    if (!isFailed)
      return this.add(key, { type: 'TaskSucceeded', taskSucceededEventDetails: { ...BATCH, output: text } });
    const error = 'States.TaskFailed';
    return this.add(key, { type: 'TaskFailed', taskFailedEventDetails: { ...BATCH, error, cause: text } });
  }

  /** The items function is asked, after a Map or before the first. */
  function(operation: string): this {
    const LAMBDA = { resourceType: 'lambda', resource: 'invoke' };
    const parameters = JSON.stringify({ FunctionName: 'shop-report-items', Payload: { operation } });
    return this.add('', { type: 'TaskStateEntered', stateEnteredEventDetails: { name: 'Collect the items' } })
      .add('', { type: 'TaskScheduled', taskScheduledEventDetails: { ...LAMBDA, region: 'eu-west-1', parameters } })
      .add('', { type: 'TaskStarted', taskStartedEventDetails: LAMBDA })
      .add('', { type: 'TaskSucceeded', taskSucceededEventDetails: { ...LAMBDA, output: '{"Payload":{}}' } })
      .add('', { type: 'TaskStateExited' });
  }

  private add(key: string, event: Omit<HistoryEvent, 'id' | 'timestamp' | 'previousEventId'>): this {
    const id = this.events.length + 1;
    const previousEventId = this.last.get(key) ?? 0;
    this.events.push({ id, previousEventId, timestamp: new Date(START + id * 1000), ...event } as HistoryEvent);
    this.last.set(key, id);
    return this;
  }
}

function stateOf(size: number): string {
  return size > 1 ? 'Array' : 'One item';
}

const BATCH = { resourceType: 'batch', resource: 'submitJob.sync' };

const EVERY_STATUS = { STARTING: 0, FAILED: 0, RUNNING: 0, SUCCEEDED: 0, RUNNABLE: 0, SUBMITTED: 0, PENDING: 0 };

export function uri(attempt: number, array: number): string {
  return `s3://events/report/report-1/${attempt}-${array}.index`;
}

/** An execution of it. */
export const EXECUTION = {
  executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:report-1',
  name: 'report-1',
  status: 'RUNNING' as const,
  startDate: new Date(START),
  input: '{"detail":{"keys":["a","b","c","d"]}}',
};
