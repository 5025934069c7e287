import { isToken } from '../../modules/config/checked';
import { eventsOf, type IndexedConfig, type LocatedEvent } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import type { Path } from '../../modules/config/strings-in';
import { withArticle } from '../../modules/config/type-name';
import { formatFound, formatPath } from '../../modules/problems/problem';
import { cycles } from '../../modules/rules/cycles';
import { stateMachineName } from '../../modules/rules/job-names';
import { nameStart } from '../../modules/rules/naming';
import { selection } from '../selection';
import { batchJob, SELECTS } from './schema';

/** An event with the job that it waits for. */
interface Follower extends LocatedEvent {
  /** The property that says which job. */
  readonly property: 'jobName' | 'stateMachineArn';
  readonly given: string;
  /** Name of the other job, if it is one of the stack. */
  readonly other: string | undefined;
}

function followers(index: IndexedConfig): Follower[] {
  return eventsOf(batchJob)(index).flatMap((event) => {
    const { jobName, stateMachineArn } = event.properties;
    const property = jobName === undefined ? 'stateMachineArn' : 'jobName';
    const given = jobName ?? stateMachineArn;
    if (typeof given !== 'string') return [];
    const other = property === 'jobName' ? given : ownJob(given, index);
    return [{ ...event, property, given, other }];
  });
}

/** The job of the stack that an ARN belongs to. No other stack of an account and region can have a state machine of the same name. */
function ownJob(arn: string, index: IndexedConfig): string | undefined {
  if (isToken(arn)) return undefined;
  const referred = index.referred(arn);
  if (referred?.type === 'batch-job') return referred.param === 'stateMachineArn' ? referred.name : undefined;
  if (typeof referred?.existing?.arn === 'string') return ownJob(referred.existing.arn, index);
  const { stackName, namePrefix } = index.config;
  const [, , , region, , , name] = arn.split(':');
  if (typeof stackName !== 'string' || (index.region !== undefined && index.region !== region)) return undefined;
  const start = nameStart({ stackName, ...(typeof namePrefix === 'string' && { namePrefix }) });
  return index.jobs.find((job) => stateMachineName(start, job.name) === name)?.name;
}

const isStateMachine = rule('invalid-directive', eventsOf(batchJob), function* (events, index) {
  for (const { properties, path } of events) {
    const referred = index.referred(properties.stateMachineArn);
    if (referred === undefined) continue;
    const { name, type, param } = referred;
    const wanted = { 'batch-job': 'stateMachineArn', 'state-machine': 'arn' }[String(type)];
    if (wanted === param) continue;
    const found = `${formatFound(properties.stateMachineArn)} of ${withArticle(String(type))}`;
    const fix =
      wanted === undefined ? "write jobName: and the job's name" : `write $ResourceParam('${name}', '${wanted}')`;
    const accepted = 'the ARN of a state machine';
    yield { path: [...path, 'stateMachineArn'], finding: { found, accepted, fix } };
  }
});

/** A job that leads back to itself would run again and again. */
const noRing = rule('circular-reference', followers, function* (all) {
  const graph = new Map<string, string[]>();
  for (const { owner, other } of all) {
    if (other !== undefined) graph.set(owner, [...(graph.get(owner) ?? []), other]);
  }
  for (const ring of cycles(graph)) {
    const steps = ring.flatMap((owner, place) => {
      const other = ring[(place + 1) % ring.length];
      return all.find((event) => event.owner === owner && event.other === other) ?? [];
    });
    const first = steps.reduce<Follower | undefined>(
      (best, step) => (best === undefined || all.indexOf(step) < all.indexOf(best) ? step : best),
      undefined,
    );
    if (first === undefined) continue;
    const from = steps.indexOf(first);
    const ordered = [...steps.slice(from), ...steps.slice(0, from)];
    const told = ordered.map(({ owner, other, path }) => `${owner} after ${other} (${formatPath(eventPath(path))})`);
    const found = `a ring of jobs: ${told.join(', ')}`;
    const accepted = 'jobs that do not lead back: each end would start the next run without end';
    const fix =
      ordered.length === 1
        ? 'remove this event: to repeat a run that failed, set attempts in retryConfig'
        : 'remove one of these events';
    yield { path: [...first.path, first.property], finding: { found, accepted, fix } };
  }
});

function eventPath(path: Path): Path {
  return path.slice(0, -1);
}

/** Two events for the same job that start the same run: the ends belong in one list. */
const oncePerJob = rule('duplicate-event', followers, function* (all) {
  const first = new Map<string, Follower>();
  for (const follower of all) {
    const { owner, other, given, properties, path, property } = follower;
    const { jobName: _, stateMachineArn: __, ...rest } = Object.fromEntries(selection(SELECTS, properties));
    const key = JSON.stringify([owner, other ?? given, rest]);
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, follower);
      continue;
    }
    // The check of a job's events refuses two that name the job in the same way.
    if (earlier.property === property && earlier.given === given) continue;
    const found = `${formatFound(given)}, the job of ${formatPath(earlier.path)}`;
    const accepted = 'one event for a job and what this one receives';
    yield { path: [...path, property], finding: { found, accepted, fix: `remove one of them: ${ONE_LIST}` } };
  }
});

/** What to do with two events for the same job. */
export const ONE_LIST = 'on takes all ends that start the job';

export const BATCH_JOB_RULES = [isStateMachine, noRing, oncePerJob];
