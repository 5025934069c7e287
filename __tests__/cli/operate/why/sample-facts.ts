import type { RunAttempt, RunStory } from '../../../../cli/operate/run-story';
import type {
  BatchJobFacts,
  EnvironmentFacts,
  Facts,
  JobFacts,
  QueueFacts,
  StartFacts,
} from '../../../../cli/operate/why/facts';

const NOW = new Date('2026-11-26T12:00:00Z');

export function minutesAgo(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

export const RUN = 'report-4c7599ae0a82';

const JOB: JobFacts = {
  name: 'report',
  region: 'eu-west-1',
  cpu: 2,
  memory: 3800,
  gpu: 0,
  architecture: 'x86_64',
  spot: true,
  attempts: 3,
  timeoutSeconds: 3600,
  events: ['schedule', 'sqs'],
  triggerFunction: 'reports-report-trigger',
};

const ENVIRONMENT: EnvironmentFacts = {
  name: 'reports-spot-cpu-x86-6420261126',
  state: 'ENABLED',
  status: 'VALID',
  spot: true,
  maxVcpus: 256,
  desiredVcpus: 0,
  instanceTypes: ['default_x86_64'],
  registered: 0,
};

const QUEUE: QueueFacts = {
  name: 'reports-spot-cpu-x86-64',
  state: 'ENABLED',
  status: 'VALID',
  cancels: [],
  position: 1,
  waiting: { number: 1, isMore: false },
  running: { number: 0, isMore: false },
  runningNames: [],
};

const BATCH_JOB: BatchJobFacts = {
  id: '4c7599ae-0a82-49aa-ba5a-4727fcce14a8',
  status: 'RUNNABLE',
  queued: minutesAgo(4),
  dependsOn: [],
  earlierReasons: [],
};

/** An attempt that is in AWS Batch. */
export function attempt(more: Partial<RunAttempt> = {}): RunAttempt {
  return {
    number: 1,
    maximum: 3,
    onDemand: false,
    refusals: 0,
    begun: minutesAgo(5),
    jobId: BATCH_JOB.id,
    starts: [],
    ...more,
  };
}

export function story(more: Partial<RunStory> = {}): RunStory {
  return {
    executionArn: `arn:aws:states:eu-west-1:123456789012:execution:reports-report:${RUN}`,
    name: RUN,
    status: 'RUNNING',
    started: minutesAgo(5),
    event: { source: 'schedule', bytes: 293, input: '{}' },
    attempts: [attempt()],
    waits: [],
    ...more,
  };
}

interface More {
  readonly job?: Partial<JobFacts>;
  readonly batchJob?: Partial<BatchJobFacts>;
  readonly queue?: Partial<QueueFacts>;
  readonly environment?: Partial<EnvironmentFacts>;
}

/** A run whose job waits for an instance, 4 minutes after its submission. */
export function runnable({ job, batchJob, queue, environment }: More = {}): Facts {
  return {
    now: { date: NOW, isUtc: false },
    job: { ...JOB, ...job },
    stateMachine: 'ACTIVE',
    run: { name: RUN, story: story() },
    batchJob: { ...BATCH_JOB, ...batchJob },
    queue: { ...QUEUE, ...queue },
    environments: [{ ...ENVIRONMENT, ...environment }],
    notes: [],
  };
}

/** A run in its state machine, or in a status of AWS Batch other than RUNNABLE. */
export function running(more: Partial<RunStory> = {}, batchJob?: Partial<BatchJobFacts>): Facts {
  return {
    now: { date: NOW, isUtc: false },
    job: JOB,
    stateMachine: 'ACTIVE',
    run: { name: RUN, story: story(more) },
    ...(batchJob && { batchJob: { ...BATCH_JOB, ...batchJob } }),
    environments: [],
    notes: [],
  };
}

/** A run that failed. The reasons are those of its last attempt and of its last container. */
export function failed(
  last: {
    readonly reason?: string;
    readonly container?: string;
    readonly exitCode?: number;
    readonly outcome?: RunAttempt['outcome'];
  },
  more: Partial<RunStory> = {},
  lastLines?: readonly string[],
): Facts {
  const starts =
    last.container === undefined && last.exitCode === undefined
      ? []
      : [{ number: 1, exitCode: last.exitCode, reason: last.container, isReclaim: false }];
  const { outcome = 'failed', reason } = last;
  const facts = running({
    status: 'FAILED',
    ended: minutesAgo(1),
    error: 'States.TaskFailed',
    reason,
    attempts: [attempt({ outcome, reason, ended: minutesAgo(1), starts })],
    ...more,
  });
  return { ...facts, run: { name: RUN, story: facts.run?.story ?? story(), lastLines } };
}

/** A job that has no unfinished run. */
export function idle(start: Partial<StartFacts>, more: Partial<Facts> = {}): Facts {
  return {
    now: { date: NOW, isUtc: false },
    job: JOB,
    stateMachine: 'ACTIVE',
    queue: { ...QUEUE, position: undefined },
    environments: [],
    start: {
      function: { state: 'Active', isStopped: false },
      rules: [],
      schedules: [],
      mappings: [],
      missingRules: 0,
      missingSchedules: 0,
      missingSources: 0,
      undelivered: { messages: 0, queues: [] },
      ...start,
    },
    notes: [],
    ...more,
  };
}
