import { PlacesTable } from '../../cli/local/places/places-table';
import { interpret, type TaskCall, type TaskOutcome } from '../../cli/local/state-machine/interpreter';
import { asFields, asText, type Fields, isFields, type Json } from '../../cli/local/state-machine/json-value';
import { placeKeeperDocument } from '../../modules/limits/place-keeper-document';
import { itemsDocument } from '../../modules/orchestration/item-states';
import { placesFor } from '../../modules/orchestration/items/format';
import { placesKey } from '../../modules/orchestration/places';
import { retryPlan } from '../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../modules/orchestration/state-machine-document';

export interface Limits {
  readonly concurrentRuns: number;
  readonly runsPerHour?: number;
  readonly runsPerDay?: number;
  readonly whenExceeded?: 'wait' | 'skip';
  readonly countItems?: boolean;
}

const JOB = 'report';
const TABLE = 'places';
const START = Date.parse('2026-11-26T22:50:00.000Z');

export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED' | 'TIMED_OUT';

/** Type of the last event of the history of an execution. */
const LAST_EVENT: Readonly<Record<Status, string>> = {
  RUNNING: 'TaskSubmitted',
  SUCCEEDED: 'ExecutionSucceeded',
  FAILED: 'ExecutionFailed',
  ABORTED: 'ExecutionAborted',
  TIMED_OUT: 'ExecutionTimedOut',
};

interface SimulatedRun {
  readonly name: string;
  status: Status;
  /** Its job in AWS Batch, while it has one. */
  job?: (outcome: TaskOutcome) => void;
  /** Children of that job. */
  children: number;
  /** The sizes of all its arrays, in order. */
  readonly arrays: number[];
  readonly items: number;
  /** When its first job was submitted. */
  began?: number;
  output?: Json;
  error?: string;
  cause?: string;
  readonly visited: string[];
}

/** A request that was sent and not carried out yet. */
interface Pending {
  readonly by: string;
  readonly perform: () => void;
}

/**
 * The state machine of a job and the place keeper, both as deployed, on one table. Nothing happens by itself: each request is carried out
 * when the test says so, in any order, so that every race can come.
 */
export class Simulation {
  readonly table = new PlacesTable();
  readonly runs: SimulatedRun[] = [];
  /** Ends of runs, as EventBridge can deliver them: often, late, or never. */
  readonly ends: string[] = [];
  readonly pending: Pending[] = [];
  /** Names of the runs whose jobs were submitted, in order. */
  readonly began: string[] = [];
  /** The hour and the day of each place that was given. */
  readonly windows: string[] = [];
  now = START;
  /** When the place keeper asked for the history of a run. */
  readonly looks: number[] = [];
  private readonly tokens = new Map<string, (outcome: TaskOutcome) => void>();
  private keepers = 0;
  private readonly dead = new Set<string>();

  constructor(public limits: Limits) {}

  /** Runs that have a job. */
  get withJobs(): SimulatedRun[] {
    return this.runs.filter(({ job, status }) => job !== undefined && status === 'RUNNING');
  }

  /** Children of all jobs of runs that go on. */
  get children(): number {
    return this.withJobs.reduce((sum, { children }) => sum + children, 0);
  }

  get waiting(): number {
    return this.tokens.size;
  }

  /** @param items of the run, if its items are counted */
  async start(items = 1): Promise<void> {
    this.now += 1;
    const run = simulated(`report-${this.runs.length}`, 'RUNNING', items);
    this.runs.push(run);
    const { whenExceeded = 'wait', countItems, ...limits } = this.limits;
    const input = {
      plan: retryPlan({ attempts: 2 }),
      jobDefinitionArn: 'arn:aws:batch:us-east-1:123456789012:job-definition/report',
      jobQueueArn: 'arn:aws:batch:us-east-1:123456789012:job-queue/report',
      place: { tableName: TABLE, jobName: JOB, whenExceeded, ...this.all(limits), ...(countItems && { countItems }) },
    };
    const source = { Items: '$', MaxItems: 100 };
    const document = countItems
      ? itemsDocument({ ...input, items: { functionArn: 'items', source, maxFailures: 0 } })
      : stateMachineDocument(input);
    void interpret(document, {
      executionName: run.name,
      // Any JSON can be the event of a run.
      input: [1, 'two'],
      now: () => this.now,
      onState: (name) => run.visited.push(name),
      task: (call) => this.task(run.name, call),
    }).then((end) => {
      if (run.status !== 'RUNNING') return;
      run.status = end.status;
      if (end.status === 'SUCCEEDED') run.output = end.output;
      else Object.assign(run, { error: end.error, cause: end.cause });
      this.ends.push(run.name);
    });
    await settled();
  }

  /** Runs that have places already, and whose events were lost if they have ended. */
  hold(statuses: readonly Status[]): void {
    const names = statuses.map((_, index) => `held-${index}`);
    this.runs.push(...statuses.map((status, index) => simulated(`held-${index}`, status)));
    const Holders = { M: Object.fromEntries(names.map((name) => [name, { S: name }])) };
    const [hour = '', day = ''] = [13, 10].map((length) => new Date(this.now).toISOString().slice(0, length));
    const counts = {
      ThisHour: { S: hour },
      StartsThisHour: { N: '0' },
      ThisDay: { S: day },
      StartsThisDay: { N: '0' },
    };
    const Item = { ...asFields(JSON.parse(JSON.stringify(placesKey(JOB))), 'the key'), ...counts, Holders };
    this.table.call({ resource: 'arn:aws:states:::aws-sdk:dynamodb:putItem', parameters: { Item } });
  }

  /** The end of a run's job, which ends the run unless it has another attempt. */
  async endJob(
    run: SimulatedRun,
    outcome: TaskOutcome = { output: { JobId: 'job-1', Status: 'SUCCEEDED' } },
  ): Promise<void> {
    const { job } = run;
    run.job = undefined;
    job?.(outcome);
    await settled();
  }

  /** Somebody stops a run, wherever it is. */
  async stop(run: SimulatedRun): Promise<void> {
    if (run.status !== 'RUNNING') return;
    run.status = 'ABORTED';
    run.job = undefined;
    this.ends.push(run.name);
    await settled();
  }

  /** EventBridge starts the place keeper: for a run that ended, or because a minute is over. */
  async keep(run?: string): Promise<void> {
    const by = `keeper-${this.keepers++}`;
    const { concurrentRuns, runsPerHour, runsPerDay } = this.all(this.limits);
    const document: object = placeKeeperDocument({ partition: 'aws', tableName: TABLE });
    void interpret(asFields(document, 'the document'), {
      executionName: by,
      input: {
        job: JOB,
        concurrentRuns,
        runsPerHour: String(runsPerHour),
        runsPerDay: String(runsPerDay),
        executions: 'executions',
        ...(this.limits.countItems && { countItems: true }),
        ...(run !== undefined && { run }),
      },
      now: () => this.now,
      sleep: async ({ of, seconds }) => {
        if (of === 'Wait') this.now += seconds * 1000;
      },
      task: (call) => this.task(by, call),
    });
    await settled();
  }

  /** A request is carried out, one of those that were sent. */
  async perform(index: number): Promise<void> {
    const [request] = this.pending.splice(index % Math.max(this.pending.length, 1), 1);
    request?.perform();
    await settled();
  }

  /** A keeper is gone, between two requests. */
  crash(index: number): void {
    const keepers = [...new Set(this.pending.map(({ by }) => by))].filter((by) => by.startsWith('keeper'));
    const by = keepers[index % Math.max(keepers.length, 1)];
    if (by === undefined) return;
    this.dead.add(by);
    for (let at = this.pending.length - 1; at >= 0; at--) if (this.pending[at]?.by === by) this.pending.splice(at, 1);
  }

  /** A waiting run's task token times out, and it waits with a new one. */
  async timeOut(index: number): Promise<void> {
    const token = [...this.tokens.keys()][index % Math.max(this.tokens.size, 1)];
    if (token === undefined) return;
    const resume = this.tokens.get(token);
    this.tokens.delete(token);
    resume?.({ error: 'States.Timeout', cause: '' });
    await settled();
  }

  /** All requests, in the order in which they were sent, until none is left. */
  async drain(): Promise<void> {
    while (this.pending.length > 0) await this.perform(0);
  }

  private all({ concurrentRuns, runsPerHour = 1_000_000, runsPerDay = 1_000_000 }: Limits) {
    return { concurrentRuns, runsPerHour, runsPerDay };
  }

  private task(by: string, { resource, parameters }: TaskCall): Promise<TaskOutcome> {
    return new Promise((resolve) => {
      const answer = (outcome: TaskOutcome) => {
        const run = this.runs.find(({ name }) => name === by);
        // A stopped execution and a crashed one don't go on.
        if (!this.dead.has(by) && (run === undefined || run.status === 'RUNNING')) resolve(outcome);
      };
      this.pending.push({ by, perform: () => this.carryOut(by, resource, parameters, answer) });
    });
  }

  private carryOut(by: string, resource: string, parameters: Json, answer: (outcome: TaskOutcome) => void): void {
    const [, service = '', action = '', token] =
      /:([a-z]+):([A-Za-z]+)(?:\.sync)?(\.waitForTaskToken)?$/.exec(resource) ?? [];
    const given = asFields(parameters, 'parameters');
    if (service === 'batch') {
      const run = this.runs.find(({ name }) => name === by);
      if (run === undefined || run.status !== 'RUNNING') return;
      if (run.began === undefined) {
        run.began = this.now;
        this.began.push(by);
      }
      run.job = answer;
      run.children = Number(isFields(given.ArrayProperties) ? given.ArrayProperties.Size : 1);
      run.arrays.push(run.children);
    } else if (service === 'lambda') {
      const run = this.runs.find(({ name }) => name === by);
      answer({ output: { Payload: itemsAnswer(asFields(given.Payload, 'Payload'), run?.items ?? 0) } });
    } else if (service === 'dynamodb') {
      const outcome = this.table.call({ resource, parameters });
      if ('output' in outcome && String(given.UpdateExpression).startsWith('SET Holders.')) {
        const values = asFields(given.ExpressionAttributeValues, 'values');
        this.windows.push(...[':hour', ':day'].map((name) => asText(asFields(values[name], name).S, name)));
      }
      if (token === undefined) answer(outcome);
      else this.tokens.set(asText(asFields(asFields(given.Item, 'Item').TaskToken, 'token').S, 'token'), answer);
    } else if (action === 'getExecutionHistory') {
      const name = asText(given.ExecutionArn, 'ARN').split(':')[1];
      const run = this.runs.find((other) => other.name === name);
      this.looks.push(this.now);
      if (run === undefined) answer({ error: 'Sfn.ExecutionDoesNotExistException', cause: 'Execution Does Not Exist' });
      else answer({ output: { Events: [{ Type: LAST_EVENT[run.status] }] } });
    } else {
      const key = asText(given.TaskToken, 'token');
      const resume = this.tokens.get(key);

      this.tokens.delete(key);
      resume?.({ output: {} });
      answer(resume ? { output: {} } : { error: 'Sfn.TaskTimedOutException', cause: 'Task Timed Out' });
    }
  }
}

function simulated(name: string, status: Status, items = 1): SimulatedRun {
  return { name, status, visited: [], children: 0, arrays: [], items };
}

/** What the items function answers: all items in an attempt, and one of each failed array in the next. */
function itemsAnswer(request: Fields, items: number): Json {
  const next = (attempt: number, children: number): Json => {
    const most = Number(request.ArraySize ?? asFields(request.Plan ?? {}, 'Plan').ArraySize);
    const Arrays = Array.from({ length: Math.ceil(children / most) }, (_, array) => ({
      Number: array,
      Size: Math.min(most, children - array * most),
      Items: `s3://b/${attempt}-${array}.index`,
    }));
    return { Next: 'run', Count: items, Attempt: attempt, OnDemand: false, Wait: 0, Arrays };
  };
  if (request.Operation === 'plan') {
    if (items === 0) return { Next: 'end', Result: { items: 0 } };
    return { ...asFields(next(1, items), 'answer'), ...placesFor(items, Number(request.ArraySize)) };
  }
  if (request.Operation === 'ends') return { Number: request.Number ?? 0, Failed: 1 };
  const failed = (request.Ended as { Failed: number }[]).filter(({ Failed }) => Failed > 0).length;
  const first = Number(asFields(request.Answer, 'Answer').Attempt) === 1;
  return first && failed > 0 ? next(2, failed) : { Next: 'end', Result: { items } };
}

/** What follows from a request is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** As many runs as these, one after another, with the limits. */
export async function burst(runs: number, limits: Limits): Promise<Simulation> {
  const simulation = new Simulation(limits);
  for (let run = 0; run < runs; run++) {
    await simulation.start();
    await simulation.drain();
  }
  return simulation;
}

/** Minutes until each waiting run has had its turn, if no event ever comes. */
const MOST_MINUTES = 40;

/** From now on no event comes, and nobody stops a run: minute by minute, until no run is left. */
export async function untilAllEnded(simulation: Simulation, check: () => void): Promise<void> {
  for (let minute = 0; minute < MOST_MINUTES; minute++) {
    await simulation.drain();
    check();
    for (const run of simulation.withJobs) await simulation.endJob(run);
    await simulation.drain();
    simulation.now += 60_000;
    if (simulation.runs.every(({ status }) => status !== 'RUNNING')) return;
    await simulation.keep();
  }
}
