import { type CheckContext, isToken, refuse, type Unchecked } from '../../modules/config/checked';
import { asObject } from '../../modules/config/value-at';
import { formatFound, foundValue } from '../../modules/problems/found';
import { reshaped } from '../reshaped';
import type { reshaping } from '../reshaping';
import { atClock, skippedProblem } from './at-expression';
import { isUtc } from './date-time';
import { scheduleExpressionProblem } from './schedule-expression';
import { nextTimes } from './schedule-times';
import { ATTRIBUTE, ATTRIBUTES, scheduledEvent } from './scheduled-event';
import { timeZoneProblem } from './time-zone';
import { type Timing, usesScheduler } from './timing';

type Given = Unchecked<Timing & Record<keyof typeof reshaping, unknown>>;

/** Refuses settings of EventBridge Scheduler that contradict each other, schedules that never fire, and inputs that it would change. */
export function checkTiming(value: Given, context: CheckContext): void {
  if (!usesScheduler(value)) return;
  const { scheduleRate, timezone, startDate, endDate } = value;
  checkInput(value, context);
  const isRate = typeof scheduleRate === 'string' && scheduleRate.startsWith('rate(');
  if (isRate && timezone !== undefined) {
    refuse(
      context,
      {
        found: foundValue(timezone, ` with ${scheduleRate}`),
        accepted: 'a time zone with cron(...) or at(...): a rate has no time of day',
        fix: 'remove timezone, or write the times as cron(...)',
      },
      ['timezone'],
    );
  }
  if (typeof scheduleRate === 'string' && scheduleRate.startsWith('at(')) {
    checkOnce(value, context);
    return;
  }
  if (isDate(startDate) && isDate(endDate) && Date.parse(endDate) <= Date.parse(startDate)) {
    refuse(
      context,
      {
        found: foundValue(endDate, `, with startDate ${formatFound(startDate)}`),
        accepted: 'a time after startDate',
        fix: `write a time after ${startDate}`,
      },
      ['endDate'],
    );
    return;
  }
  checkFires(value, context);
}

function checkOnce({ scheduleRate, timezone, startDate, endDate }: Given, context: CheckContext): void {
  for (const [key, date] of Object.entries({ startDate, endDate })) {
    if (date === undefined) continue;
    const accepted = `no ${key} with at(...), which has a single time`;
    refuse(context, { found: foundValue(date), accepted, acceptedAs: 'rule', fix: `remove ${key}` }, [key]);
  }
  if (!isZone(timezone) || typeof scheduleRate !== 'string' || atClock(scheduleRate) === undefined) return;
  const problem = skippedProblem(scheduleRate, timezone ?? 'UTC');
  if (problem !== undefined) refuse(context, problem, ['scheduleRate']);
}

/** Without looking at the current time, on which no error depends: what fires no more was right once. */
function checkFires({ scheduleRate, timezone, startDate, endDate }: Given, context: CheckContext): void {
  const isValid = typeof scheduleRate === 'string' && scheduleExpressionProblem(scheduleRate) === undefined;
  if (!isValid || isToken(scheduleRate) || !isZone(timezone)) return;
  if (![startDate, endDate].every((date) => date === undefined || isDate(date))) return;
  const dates = { startDate: startDate as string | undefined, endDate: endDate as string | undefined };
  const times = nextTimes(scheduleRate, new Date(0), 1, { timezone, ...dates });
  if (times === undefined || times.length > 0) return;
  const limits = Object.entries(dates).flatMap(([key, date]) => (date === undefined ? [] : `${key} ${date}`));
  const [found, fix] =
    limits.length === 0
      ? [`${scheduleRate}, which clocks in ${timezone} never show: they go forward then`, 'write another time of day']
      : [`${scheduleRate}, which never fires with ${limits.join(' and ')}`, 'change the expression or the dates'];
  refuse(context, { found, accepted: 'a schedule that fires at least once', fix }, ['scheduleRate']);
}

function isDate(value: unknown): value is string {
  return typeof value === 'string' && !isToken(value) && isUtc(value);
}

function isZone(value: unknown): value is string | undefined {
  return value === undefined || (typeof value === 'string' && !isToken(value) && timeZoneProblem(value) === undefined);
}

/** Scheduler knows no paths: the stack evaluates them at synthesis, with what is known of the event. */
function checkInput({ input, inputPath, inputTransformer }: Given, context: CheckContext): void {
  const changed = ATTRIBUTE.exec(JSON.stringify(input) ?? '')?.[0];
  if (changed !== undefined) {
    const accepted = `a value without ${changed}, which EventBridge Scheduler would replace`;
    refuse(context, { found: `${changed} in the value`, accepted, fix: TRANSFORMER }, ['input']);
  }
  checkPath(inputPath, ['inputPath'], context);
  const { inputPathsMap } = asObject(inputTransformer);
  for (const [name, path] of Object.entries(asObject(inputPathsMap))) {
    checkPath(path, ['inputTransformer', 'inputPathsMap', name], context);
  }
}

const TRANSFORMER = `use inputTransformer with inputPathsMap: { time: '$.time' } and "<time>" in inputTemplate`;

const SAMPLE = scheduledEvent({ account: '', region: '', ...ATTRIBUTES });

function checkPath(path: unknown, place: string[], context: CheckContext): void {
  if (typeof path !== 'string' || !path.startsWith('$') || isToken(path)) return;
  if (!/[*]|\.\./.test(path) && reshaped(SAMPLE, { inputPath: path }) !== undefined) return;
  const parts = Object.keys(SAMPLE).map((key) => (/^\w+$/.test(key) ? `$.${key}` : `$['${key}']`));
  refuse(
    context,
    {
      found: foundValue(path),
      accepted: `a part of the scheduled event: ${parts.join(', ')} or $.resources[0]`,
      fix: 'write one of these paths: the event has no other parts',
    },
    place,
  );
}
