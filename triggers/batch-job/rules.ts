import { rule } from '../../modules/config/rule';
import { foundValue } from '../../modules/problems/found';
import { type Finding, formatPath } from '../../modules/problems/problem';
import { RUN_ENDS } from '../../modules/rules/execution-events';
import { noRing } from '../rings';
import { selection } from '../selection';
import { type Follower, followers } from './followers';
import { SELECTS } from './schema';

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
    const place = formatPath(earlier.path.slice(-3, -1));
    const found = foundValue(given, `, which is the same job as in ${place}`);
    const fix = oneEventFix(properties, earlier.properties, place);
    yield { path: [...path, property], finding: { found, accepted: ONE_EVENT, fix } };
  }
});

const ONE_EVENT = 'another job, or the same one with another input';

/** The problem with two events that start a job at ends of the same other job, and send it the same. */
export function secondEvent(given: Ends, earlier: Ends, place: string): Finding {
  const found = `the same job and input as in ${place}`;
  return { found, accepted: ONE_EVENT, fix: oneEventFix(given, earlier, place) };
}

interface Ends {
  readonly on?: unknown;
}

/** One event can start the job at several ends. */
function oneEventFix({ on: given }: Ends, { on: earlier }: Ends, place: string): string {
  const [added, there] = [endsIn(given), endsIn(earlier)];
  const all = Object.keys(RUN_ENDS).filter((end) => added.includes(end) || there.includes(end));
  if (all.length === there.length) return `remove this event: ${place} starts the job at these ends too`;
  const list = all.map((end) => `'${end}'`).join(', ');
  return `remove this event, and write on: [${list}] in ${place}`;
}

function endsIn(on: unknown): readonly unknown[] {
  return Array.isArray(on) ? on : ['succeeded'];
}

export const BATCH_JOB_RULES = [noRing, oncePerJob];
