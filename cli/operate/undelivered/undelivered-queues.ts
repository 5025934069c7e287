import { errorMessage } from '../../../modules/problems/error-message';
import { counted } from '../../../modules/problems/phrases';
import type { JobEvent } from '../../../triggers/events';
import { receiversText } from '../../model/receivers-text';
import { AwsFault } from '../aws/fault';
import { bounded } from '../bounded';
import type { DeployedJob, Deployment } from '../deployment';
import { sourceRegistry } from '../source-registry';
import { type QueueState, queueState } from './queue-state';
import { deadLetterArnOf } from './receivers';

/** A queue with what could start no run. */
export interface UndeliveredQueue extends QueueState {
  /** Why undelivered events are in it, as phrases: `undelivered events of the stack`. */
  readonly roles: readonly string[];
  /** Queues of `sqs` events whose dead-letter queue it is. */
  readonly redriven: readonly SourceQueue[];
  /** Whether nothing else is sent to it, as far as is known. */
  readonly isOnlyRedrive: boolean;
}

/** A queue whose messages start runs or are given to functions. */
export interface SourceQueue {
  readonly arn: string;
  readonly name: string;
  readonly jobs: readonly string[];
  readonly functions: readonly string[];
  readonly maxReceives: number;
}

/** Where the events of a stack are that could start no run. */
export interface UndeliveredQueues {
  readonly queues: readonly UndeliveredQueue[];
  /** What is not in a queue, or not lost yet, as sentences. */
  readonly notes: readonly string[];
  /** What could not be looked at, as sentences. */
  readonly problems: readonly string[];
}

/** A job or function, as what receives events. */
interface Receiving {
  readonly kind: 'job' | 'function';
  readonly name: string;
  readonly events: readonly JobEvent[];
  /** Name of the function in AWS that gets them. */
  readonly functionName: string;
}

/** Names of who receives the messages of a queue. */
interface Readers {
  readonly jobs: Set<string>;
  readonly functions: Set<string>;
}

interface Wanted {
  readonly roles: Set<string>;
  readonly redriven: SourceQueue[];
  isOnlyRedrive: boolean;
}

/**
 * Finds every queue that this config's undelivered events are sent to: those that it names, and those that AWS knows of.
 *
 * @param only the job whose events are meant. @default all jobs and functions of the config
 */
export async function findUndeliveredQueues(deployment: Deployment, only?: DeployedJob): Promise<UndeliveredQueues> {
  const jobs = only === undefined ? [...deployment.jobs.values()] : [only];
  const functions = only === undefined ? [...deployment.functions.values()] : [];
  return new Search(deployment, [
    ...jobs.map(({ name, properties: { events }, triggerFunctionName: functionName }) => {
      return { kind: 'job' as const, name, events, functionName };
    }),
    ...functions.map(({ name, properties: { events }, functionName }) => {
      return { kind: 'function' as const, name, events, functionName };
    }),
  ]).run();
}

class Search {
  private readonly wanted = new Map<string, Wanted>();
  private readonly notes: string[] = [];
  private readonly problems: string[] = [];
  /** How many of the problems are that a queue or function does not exist. */
  private missing = 0;
  /** Who receives the messages of queues, by their ARNs. */
  private readonly sources = new Map<string, Readers>();

  constructor(
    private readonly deployment: Deployment,
    private readonly receiving: readonly Receiving[],
  ) {}

  async run(): Promise<UndeliveredQueues> {
    const { deployment } = this;
    this.want(deployment.arn('sqs', deployment.undeliveredEventsName), 'undelivered events of the stack');
    for (const each of this.receiving) this.wantNamed(each);
    await bounded(this.receiving, (each) => this.wantMapped(each));
    await bounded([...this.sources], ([arn, readers]) => this.wantDeadLetters(arn, readers));
    const queues = await this.queues();
    if (queues.length === 0 && this.problems.length === this.missing) throw deployment.notDeployed();
    return { queues, notes: this.notes, problems: this.problems };
  }

  private want(arn: string, role: string, redriven?: SourceQueue): void {
    const wanted = this.wanted.get(arn) ?? { roles: new Set(), redriven: [], isOnlyRedrive: true };
    wanted.roles.add(role);
    if (redriven === undefined) wanted.isOnlyRedrive = false;
    else wanted.redriven.push(redriven);
    this.wanted.set(arn, wanted);
  }

  /** Queues for what EventBridge and SNS could not deliver. */
  private wantNamed({ kind, name, events }: Receiving): void {
    for (const event of events) {
      if (event.type !== 'event-bus' && event.type !== 'sns') continue;
      const arn = deadLetterArnOf(event, this.deployment);
      if (arn !== undefined) this.want(arn, `undelivered ${event.type} events`);
      else
        this.problems.push(
          `A dead-letter queue of ${kind} ${name} is named by a directive that only Terraform resolves.`,
        );
    }
  }

  /** Queues that Lambda reads for a job or function, and what it does with the records of streams that it gives up. */
  private async wantMapped({ kind, name, events, functionName }: Receiving): Promise<void> {
    if (!events.some(({ type }) => sourceRegistry().sourceOf(type).mapping !== undefined)) return;
    type Lambda = typeof import('@aws-sdk/client-lambda');
    const { ListEventSourceMappingsCommand } = require('@aws-sdk/client-lambda') as Lambda;
    const { lambda } = this.deployment.clients;
    try {
      let Marker: string | undefined;
      do {
        const page = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName: functionName, Marker }));
        Marker = page.NextMarker;
        for (const { EventSourceArn = '', DestinationConfig } of page.EventSourceMappings ?? []) {
          const destination = DestinationConfig?.OnFailure?.Destination;
          if (serviceOf(EventSourceArn) === 'sqs') this.addReader(EventSourceArn, kind, name);
          else if (destination !== undefined) this.wantDestination(destination, EventSourceArn, name);
        }
      } while (Marker);
    } catch (error) {
      if (error instanceof AwsFault && error.code === 'ResourceNotFoundException') {
        this.isMissing(`${kind === 'job' ? 'Job' : 'Function'} ${name}`);
        return;
      }
      this.problems.push(`The queues and streams of ${kind} ${name} are not known: ${errorMessage(error)}`);
    }
  }

  private wantDestination(destination: string, streamArn: string, receiver: string): void {
    if (serviceOf(destination) === 'sqs') this.want(destination, 'records of streams that Lambda gave up');
    else {
      this.notes.push(
        `Lambda publishes the position of records that it gives up from ${nameOf(streamArn)} (${receiver}) to ${nameOf(destination)}, ` +
          'which keeps nothing.',
      );
    }
  }

  private addReader(arn: string, kind: Receiving['kind'], name: string): void {
    const readers = this.sources.get(arn) ?? { jobs: new Set<string>(), functions: new Set<string>() };
    this.sources.set(arn, readers);
    readers[kind === 'job' ? 'jobs' : 'functions'].add(name);
  }

  /** The dead-letter queue of a queue whose messages are received. */
  private async wantDeadLetters(arn: string, readers: Readers): Promise<void> {
    const state = await this.state(arn);
    if (state === undefined) return;
    const { name, messages, hidden, deadLetters } = state;
    if (deadLetters !== undefined) {
      const { maxReceives } = deadLetters;
      const [jobs, functions] = [[...readers.jobs], [...readers.functions]];
      this.want(deadLetters.arn, `dead-letter queue of ${name}`, { arn, name, jobs, functions, maxReceives });
    }
    if (messages + hidden === 0) return;
    const then =
      deadLetters === undefined
        ? 'until they expire: it has no dead-letter queue'
        : `up to ${deadLetters.maxReceives} times, then they are moved to ${nameOf(deadLetters.arn)}`;
    this.notes.push(`${name} has about ${counted(messages + hidden, 'message')}. Lambda delivers them ${then}.`);
  }

  private async queues(): Promise<UndeliveredQueue[]> {
    const queues: UndeliveredQueue[] = [];
    for (const [arn, { roles, redriven, isOnlyRedrive }] of this.wanted) {
      const readers = this.sources.get(arn);
      if (readers !== undefined) {
        const names = receiversText({ jobs: [...readers.jobs], functions: [...readers.functions] }, ', ');
        this.notes.push(`${nameOf(arn)} is not looked into: its messages are for ${names}.`);
        continue;
      }
      const state = await this.state(arn);
      if (state === undefined) continue;
      queues.push({ ...state, roles: [...roles], redriven, isOnlyRedrive });
      // A queue that is added to a map while it is iterated is visited, too.
      if (state.deadLetters !== undefined) this.want(state.deadLetters.arn, `dead-letter queue of ${state.name}`);
    }
    return queues;
  }

  private async state(arn: string): Promise<QueueState | undefined> {
    try {
      const state = await queueState(this.deployment, arn);
      if (state === undefined) this.isMissing(`Queue ${nameOf(arn)}`);
      return state;
    } catch (error) {
      this.problems.push(`${nameOf(arn)} could not be looked into: ${errorMessage(error)}`);
      return undefined;
    }
  }

  private isMissing(what: string): void {
    const { account, region } = this.deployment;
    this.missing++;
    this.problems.push(`${what} does not exist in account ${account} in ${region}.`);
  }
}

function serviceOf(arn: string): string | undefined {
  return arn.split(':')[2];
}

function nameOf(arn: string): string {
  return arn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^[^/]+\//, '');
}
