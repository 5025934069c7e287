import { z } from 'zod';
import { RUN_LIMITS, WHEN_EXCEEDED } from '../rules/run-limits';
import { across, numberIn, refuse, strict } from './checked';

/** Names of the limits, of which one at least is set. */
const KINDS = Object.keys(RUN_LIMITS) as (keyof typeof RUN_LIMITS)[];

const MACHINE = 'the state machine';

/** How many runs of a job can go on and begin. */
export const limits = across(
  strict(
    {
      /** How many runs can have a job in AWS Batch at the same time. A run has its place from its first attempt to its end, including the waits between attempts. @default 1000, the maximum */
      concurrentRuns: numberIn({ unit: 'runs', ...RUN_LIMITS.concurrentRuns, shapes: MACHINE }).optional(),
      /** Whether `concurrentRuns` counts the items of a job with `forEach`, over all of its runs. A run takes a place for each item that it has at the same time, at most `concurrentRuns`, and its array jobs have at most as many items and go one after another. @default false */
      countItems: z.boolean().optional(),
      /** How many runs can begin in each hour of the clock, in UTC. @default no limit */
      runsPerHour: numberIn({ unit: 'runs', ...RUN_LIMITS.runsPerHour, shapes: MACHINE }).optional(),
      /** How many runs can begin on each calendar day, in UTC. @default no limit */
      runsPerDay: numberIn({ unit: 'runs', ...RUN_LIMITS.runsPerDay, shapes: MACHINE }).optional(),
      /** What a run does if a limit is reached. `wait`: it waits for its turn, in order of arrival. `skip`: it ends at once, as succeeded, without a job. @default wait */
      whenExceeded: z.enum(WHEN_EXCEEDED).default('wait'),
    },
    (input) =>
      `an object such as { concurrentRuns: ${typeof input === 'number' && input >= 1 ? Math.ceil(input) : 5} }`,
  ),
  (value, context) => {
    const { runsPerHour, runsPerDay } = value;
    if (KINDS.every((kind) => value[kind] === undefined)) {
      const found = 'no limit';
      const accepted = `one or more of ${KINDS.join(', ')}`;
      const code = 'missing-property';
      refuse(context, { code, found, accepted, options: KINDS, fix: 'add concurrentRuns, such as 5' });
    }
    if (value.countItems === true && value.concurrentRuns === undefined) {
      const fix = 'add concurrentRuns, such as 50: the most items at the same time, or remove countItems';
      const accepted = 'countItems with concurrentRuns';
      refuse(context, { code: 'conflict', found: 'countItems without concurrentRuns', accepted, fix }, ['countItems']);
    }
    if (typeof runsPerHour !== 'number' || typeof runsPerDay !== 'number' || runsPerHour < 1 || runsPerDay < 1) return;
    const found = `runsPerHour ${runsPerHour}, runsPerDay ${runsPerDay}`;
    if (runsPerHour > runsPerDay) {
      const accepted = 'a runsPerHour of at most runsPerDay';
      refuse(context, { found, accepted, fix: `remove runsPerHour: a day never has more than ${runsPerDay} runs` }, [
        'runsPerHour',
      ]);
    } else if (runsPerDay >= runsPerHour * 24) {
      const accepted = `a runsPerDay below ${runsPerHour * 24}`;
      refuse(context, { found, accepted, fix: 'remove runsPerDay: the limit of each hour never lets it be reached' }, [
        'runsPerDay',
      ]);
    }
  },
);

/** Limits of a job as in a config, with defaults. */
export type Limits = z.output<typeof limits>;
