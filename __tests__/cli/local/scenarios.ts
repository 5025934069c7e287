import type { Faults } from '../../../cli/local/arguments';
import type { ContainerSource } from '../../../cli/local/container';
import { LocalBatch } from '../../../cli/local/local-batch';
import type { LocalContainer } from '../../../cli/local/local-container';
import { type PlainImage, plainProcesses } from '../../../cli/local/plain-process';
import { interpret, type Run } from '../../../cli/local/state-machine/interpreter';
import type { ProgressEvent } from '../../../cli/run-report/progress-event';
import { Report } from '../../../cli/run-report/report';
import type { Launch } from '../../../modules/container/launch';
import { textEntry } from '../../../modules/container/source-files';
import { retryPlan } from '../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../modules/orchestration/state-machine-document';
import type { StateMachineDocument } from '../../../modules/orchestration/states-language';
import type { RetryPlanInput } from '../../../modules/rules/retries';

export const SPOT_QUEUE = 'arn:aws:batch:us-east-1:123456789012:job-queue/spot';
const ON_DEMAND_QUEUE = 'arn:aws:batch:us-east-1:123456789012:job-queue/on-demand';

/** What a real process does in an attempt: exits with a code, dies of SIGTERM, ignores it, or takes it for the sign to finish. */
export type Behaviour = number | 'hang' | 'ignore' | 'finish';

/** A run in which something goes wrong, here with real processes, and in an emulator with jobs whose end is scripted. */
export interface Scenario {
  readonly plan: RetryPlanInput;
  /** By attempt, `1 on demand` for one on the other queue. */
  readonly behaviours: Readonly<Record<string, Behaviour>>;
  readonly faults?: Partial<Faults>;
  /** The same for the emulator, by submission. */
  readonly emulated: readonly (number | 'reclaim' | 'timeout' | 'throttle')[];
  readonly visited: readonly string[];
  readonly status: Run['status'];
  /** What the cause of a failure holds. */
  readonly cause?: object;
}

const ON_DEMAND = { useSpotInstances: true, spotInterruption: { freeRestarts: 0, thenOnDemand: true } };
const RECLAIMED = ['Attempt 1', 'Attempt 1, was it reclaimed', 'Attempt 1, read the job', 'Attempt 1, decide'];
const ON_THE_OTHER_QUEUE = [...RECLAIMED, 'Attempt 1 on demand'];
const TWICE = ['Attempt 1', 'Attempt 1 failed', 'Attempt 2'];
const TIMED_OUT = 'Job attempt duration exceeded timeout';

/** Runs that must go the same way on a laptop and in an emulator of AWS. Times of faults count from the moment in which the job is up. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a job that succeeds': {
    plan: { attempts: 3 },
    behaviours: { 1: 0 },
    emulated: [0],
    visited: ['Attempt 1'],
    status: 'SUCCEEDED',
  },
  'a failure, a wait, a success': {
    plan: { attempts: 3, retryIntervalSeconds: 1 },
    behaviours: { 1: 3, 2: 0 },
    emulated: [3, 0],
    visited: ['Attempt 1', 'Attempt 1 failed', 'Wait before attempt 2', 'Attempt 2'],
    status: 'SUCCEEDED',
  },
  'failures until no attempt is left': {
    plan: { attempts: 2 },
    behaviours: { 1: 1, 2: 77 },
    emulated: [1, 77],
    visited: TWICE,
    status: 'FAILED',
    cause: { Container: { ExitCode: 77 }, Status: 'FAILED', StatusReason: 'Essential container in task exited' },
  },
  'a time-out that uses up an attempt': {
    plan: { attempts: 2 },
    behaviours: { 1: 'hang', 2: 0 },
    faults: { timeoutAfter: 0.2 },
    emulated: ['timeout', 0],
    visited: TWICE,
    status: 'SUCCEEDED',
  },
  'a time-out of a job that ignores SIGTERM': {
    plan: { attempts: 1 },
    behaviours: { 1: 'ignore' },
    faults: { timeoutAfter: 0.2, grace: 0.2 },
    emulated: ['timeout'],
    visited: ['Attempt 1'],
    status: 'FAILED',
    cause: { Container: { ExitCode: 137 }, StatusReason: TIMED_OUT },
  },
  'a reclaim that the job dies of, and on-demand capacity': {
    plan: { attempts: 2, ...ON_DEMAND },
    behaviours: { 1: 'hang', '1 on demand': 0 },
    faults: { interruptAfter: 0.2 },
    emulated: [143, 0],
    visited: ON_THE_OTHER_QUEUE,
    status: 'SUCCEEDED',
  },
  'a reclaim that the job ignores until its host is gone': {
    plan: { attempts: 2, ...ON_DEMAND },
    behaviours: { 1: 'ignore', '1 on demand': 0 },
    faults: { interruptAfter: 0.2, grace: 0.2 },
    emulated: ['reclaim', 0],
    visited: ON_THE_OTHER_QUEUE,
    status: 'SUCCEEDED',
  },
  'a reclaim in whose time the job finishes': {
    plan: { attempts: 2, ...ON_DEMAND },
    behaviours: { 1: 'finish' },
    faults: { interruptAfter: 0.2 },
    emulated: [0],
    visited: ['Attempt 1'],
    status: 'SUCCEEDED',
  },
  'a time-out on Spot, which is no reclaim': {
    plan: { attempts: 1, ...ON_DEMAND },
    behaviours: { 1: 'ignore' },
    faults: { timeoutAfter: 0.2, grace: 0.2 },
    emulated: ['timeout'],
    visited: ['Attempt 1', 'Attempt 1, was it reclaimed', 'Failed'],
    status: 'FAILED',
    cause: { StatusReason: TIMED_OUT },
  },
  'a submission that is refused once': {
    plan: { attempts: 1 },
    behaviours: { 1: 0 },
    faults: { throttle: 1 },
    emulated: ['throttle', 0],
    visited: [
      'Attempt 1',
      'Attempt 1, submission refused',
      'Attempt 1, draw a delay',
      'Attempt 1, delay',
      'Attempt 1, resubmitted',
    ],
    status: 'SUCCEEDED',
  },
};

export function definitionOf({ plan }: Pick<Scenario, 'plan'>): StateMachineDocument {
  return stateMachineDocument({
    plan: retryPlan(plan),
    jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
    jobQueueArn: SPOT_QUEUE,
    onDemandJobQueueArn: ON_DEMAND_QUEUE,
  });
}

const JOB = `
const { STP_CURRENT_ATTEMPT, AWS_BATCH_JQ_NAME, BEHAVIOURS } = process.env;
const behaviour = JSON.parse(BEHAVIOURS)[STP_CURRENT_ATTEMPT + (AWS_BATCH_JQ_NAME === 'on-demand' ? ' on demand' : '')];
if (typeof behaviour === 'number') process.exit(behaviour);
if (behaviour === 'ignore') process.on('SIGTERM', () => {});
if (behaviour === 'finish') process.on('SIGTERM', () => process.exit(0));
console.log('up');
setInterval(() => {}, 1000);
`;

export const NO_FAULTS: Faults = { failAttempts: [], throttle: 0 };

/** An image of one JavaScript file, as far as a plain process needs it. */
export function imageOf(code: string, launch: Partial<Launch> = {}): PlainImage {
  return {
    files: [textEntry('app/index.cjs', code)],
    launch: {
      command: ['node', '/app/index.cjs'],
      variables: { NODE_ENV: 'production' },
      workingDirectory: '/app',
      user: '1000:1000',
      ...launch,
    },
  };
}

export function containerOf(environment: Readonly<Record<string, string>>): LocalContainer {
  return { image: 'image', environment, secrets: {}, architecture: 'x86_64', memory: 512, init: true, ulimits: [] };
}

/** A report whose progress events can be looked at. */
export function recorded(): { report: Report; progressEvents: ProgressEvent[] } {
  const progressEvents: ProgressEvent[] = [];
  const out = {
    write: (text: string) => {
      for (const line of text.trim().split('\n')) progressEvents.push(JSON.parse(line));
      return true;
    },
  };
  return { report: new Report(out as NodeJS.WriteStream, { json: true }), progressEvents };
}

/**
 * Containers that count as started once their job has written the line "up", which stays out of the report: where others use the machine
 * too, a process takes any number of seconds to handle signals.
 */
export function onceUp(source: ContainerSource): ContainerSource {
  return {
    description: source.description,
    start: async (options) => {
      let tell = () => {};
      const up = new Promise<void>((resolve) => {
        tell = resolve;
      });
      const container = await source.start({
        ...options,
        onOutput: async (stream, chunk) => {
          if (chunk.toString() !== 'up\n') return options.onOutput(stream, chunk);
          tell();
        },
      });
      await Promise.race([up, container.ended]);
      return container;
    },
  };
}

/** Runs a scenario with real processes; waits cost no time. */
export async function runScenario(scenario: Scenario, source?: ContainerSource) {
  const { report, progressEvents } = recorded();
  const plan = retryPlan(scenario.plan);
  const batch = new LocalBatch({
    container: containerOf({ BEHAVIOURS: JSON.stringify(scenario.behaviours) }),
    retry: plan.batchRetry,
    source: onceUp(source ?? plainProcesses(imageOf(JOB))),
    faults: { ...NO_FAULTS, ...scenario.faults },
    report,
  });
  const run = await interpret(definitionOf(scenario), { task: (call) => batch.submit(call) });
  return { run, progressEvents };
}
