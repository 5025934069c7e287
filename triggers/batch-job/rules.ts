import { eventsOf } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { withArticle } from '../../modules/config/type-name';
import { formatFound, formatPath } from '../../modules/problems/problem';
import { noRing } from '../rings';
import { selection } from '../selection';
import { type Follower, followers } from './followers';
import { batchJob, SELECTS } from './schema';

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
