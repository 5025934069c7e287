import { queueArns } from '../../../modules/orchestration/submissions';
import type { CapacityState, EnvironmentState, QueueState } from '../../model/deployed';
import type { Fact } from '../../model/run';
import { bounded } from '../../operate/bounded';
import type { Deployment } from '../../operate/deployment';
import { capacityOf } from '../../operate/info/capacity';
import { machineOf } from '../../operate/info/parts';
import { consoleLinks } from '../../operate/links';
import type { Optional } from '../../operate/optional';
import type { RunStory } from '../../operate/run-story';
import { waitingIn } from '../../operate/why/gather-queue';
import { partProblem } from './problem-text';

/** Milliseconds for which the ARNs of the queues are remembered: a deployment changes them. */
const QUEUES_MS = 5 * 60_000;

/** vCPUs of the environments behind a queue, and what is wrong with it or with them. */
function capacityFacts({ queues, environments }: Awaited<ReturnType<typeof capacityOf>>): Fact[] {
  const sum = (values: readonly (number | undefined)[]) => values.reduce<number>((all, value = 0) => all + value, 0);
  const [running, most] = [
    sum(environments.map(({ desiredVcpus }) => desiredVcpus)),
    sum(environments.map(({ maxVcpus }) => maxVcpus)),
  ];
  const faults = [
    ...queues.map((queue) => ({ label: 'Queue state', ...queue })),
    ...environments.map((environment) => ({ label: 'Environment state', ...environment })),
  ].filter(({ state, status }) => state !== 'ENABLED' || !['VALID', 'UPDATING'].includes(status));
  return [
    ...(environments.length === 0 ? [] : [{ label: 'vCPUs running', value: `${running} of ${most}` }]),
    ...faults.map(({ label, state, status, statusReason }) => ({
      label,
      value: `${state === 'ENABLED' ? status : state}${statusReason === undefined ? '' : `: ${statusReason}`}`,
    })),
  ];
}

/** The queues that the deployed jobs use, and the environments behind them. */
export class Capacity {
  private queues?: { readonly at: number; readonly deployment: Deployment; readonly arns: readonly string[] };

  constructor(
    private readonly deployment: () => Deployment,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** As it is now. Not rejected: a problem is part of the state. */
  async state(): Promise<CapacityState> {
    try {
      return await this.read();
    } catch (error) {
      this.failed(error);
      return { environments: [], queues: [], problem: partProblem('describe the capacity', error) };
    }
  }

  /** What a run waits for, if its last job is in a queue: the queue, its environments and the other jobs in it. */
  async factsOf(story: RunStory, optional: Optional): Promise<Fact[]> {
    const attempt = story.attempts.at(-1);
    const { queueArn, batchStatus } = attempt ?? {};
    if (queueArn === undefined || batchStatus === undefined || batchStatus === 'RUNNING') return [];
    const deployment = this.deployment();
    const [found, waiting] = await Promise.all([
      optional.of('The queue', () => capacityOf(deployment, [queueArn])),
      waitingIn(deployment, queueArn, optional),
    ]);
    const others = waiting && waiting.number - (batchStatus === 'RUNNABLE' ? 1 : 0);
    return [
      ...(found === undefined ? [] : capacityFacts(found)),
      ...(others === undefined
        ? []
        : [{ label: 'Other jobs waiting', value: `${Math.max(0, others)}${waiting?.isMore ? ' or more' : ''}` }]),
    ];
  }

  private async read(): Promise<CapacityState> {
    const deployment = this.deployment();
    const links = consoleLinks(deployment.region);
    const { queues, environments } = await capacityOf(deployment, await this.arns(deployment));
    const names = new Map(environments.map(({ arn, name }) => [arn, name]));
    return {
      environments: environments.map(
        ({ arn, name, state, status, statusReason, isSpot, desiredVcpus, maxVcpus }): EnvironmentState => ({
          name,
          state,
          status,
          reason: statusReason,
          isSpot,
          desiredVcpus,
          maxVcpus,
          href: links?.computeEnvironment(arn),
        }),
      ),
      queues: queues.map(
        ({ arn, name, state, status, statusReason, environments: used }): QueueState => ({
          name,
          state,
          status,
          reason: statusReason,
          environments: used.map((environment) => names.get(environment) ?? environment.split('/').at(-1) ?? ''),
          href: links?.jobQueue(arn),
        }),
      ),
    };
  }

  private async arns(deployment: Deployment): Promise<readonly string[]> {
    const known = this.queues;
    if (known?.deployment === deployment && Date.now() - known.at < QUEUES_MS) return known.arns;
    const machines = await bounded([...deployment.jobs.values()], (job) => machineOf(deployment, job));
    const arns = [...new Set(machines.flatMap((machine) => (machine === undefined ? [] : queueArns(machine))))];
    this.queues = { at: Date.now(), deployment, arns };
    return arns;
  }
}
