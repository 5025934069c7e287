import { formatFound, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { atProblem } from './at-expression';
import { CRON_FORM, cronFinding } from './cron-expression';

/** Maximum length of EventBridge's `ScheduleExpression`, in characters. */
const MAX_LENGTH = 256;

const ACCEPTED_RATE = 'rate(1 minute), rate(5 minutes), rate(1 hour), rate(2 days): a whole number from 1 and its unit';
const ACCEPTED = `${ACCEPTED_RATE}; cron(${CRON_FORM}); or at(2027-03-01T09:30:00)`;

/** Common names of units, with their minutes. */
const UNIT_MINUTES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    second: 1 / 60,
    sec: 1 / 60,
    s: 1 / 60,
    minute: 1,
    min: 1,
    m: 1,
    hour: 60,
    hr: 60,
    h: 60,
    day: 1440,
    d: 1440,
    week: 10080,
    w: 10080,
  }),
);

const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@hourly', 'cron(0 * * * ? *)'],
  ['@daily', 'cron(0 0 * * ? *)'],
  ['@midnight', 'cron(0 0 * * ? *)'],
  ['@weekly', 'cron(0 0 ? * SUN *)'],
  ['@monthly', 'cron(0 0 1 * ? *)'],
  ['@yearly', 'cron(0 0 1 1 ? *)'],
  ['@annually', 'cron(0 0 1 1 ? *)'],
]);

/**
 * The problem with a schedule, or undefined. AWS accepts `rate(<n> <unit>)`, with the unit in the singular for 1 and in the plural for
 * more, and `cron(...)` with six fields. Both are in lower case, with one space between their parts. The minimum interval is one minute.
 * EventBridge Scheduler also accepts `at(...)`.
 */
export function scheduleExpressionProblem(expression: string): Finding | undefined {
  if (expression.length > MAX_LENGTH) {
    return {
      code: 'out-of-range',
      found: `${expression.length} characters`,
      accepted: `at most ${MAX_LENGTH} characters`,
      fix: 'use ranges and steps instead of long lists, or several schedules',
    };
  }
  const rate = /^rate\((.*)\)$/s.exec(expression)?.[1];
  if (rate !== undefined) return rateFinding(rate);
  const cron = /^cron\((.*)\)$/s.exec(expression)?.[1];
  if (cron !== undefined) return cronProblem(cron);
  const at = /^at\((.*)\)$/s.exec(expression)?.[1];
  if (at !== undefined) return atProblem(at);
  return {
    code: 'invalid-format',
    message: `${notValid(expression)} ${fieldsFault(expression) ?? 'It must be rate(...), cron(...) or at(...).'}`,
    found: foundValue(expression),
    accepted: ACCEPTED,
    fix: wrapperFix(expression),
  };
}

function notValid(expression: string): string {
  return `${formatFound(expression)} is not a valid schedule.`;
}

/** The problem with a cron expression of another system, by the number of its fields. */
function fieldsFault(cron: string): string | undefined {
  const count = cron.trim().split(/\s+/).length;
  if (count === 5) return 'AWS needs six fields, and the last one is the year.';
  return count === 7 ? 'AWS has no field for seconds.' : undefined;
}

function rateFinding(rate: string): Finding | undefined {
  const [, count, unit] = /^([1-9]\d*) (minutes?|hours?|days?)$/.exec(rate) ?? [];
  if (count !== undefined && unit !== undefined && unit.endsWith('s') === (count !== '1')) return undefined;
  return {
    code: 'invalid-format',
    message: `${notValid(`rate(${rate})`)} A rate is a whole number and its unit: rate(1 minute), rate(5 hours), rate(2 days).`,
    found: foundValue(`rate(${rate})`),
    accepted: ACCEPTED_RATE,
    fix: /month|year/i.test(rate)
      ? 'for months and years, use a cron expression, such as cron(0 0 1 * ? *)'
      : `write ${repairedRate(rate) ?? 'rate(1 hour)'}`,
  };
}

/** The nearest rate that AWS accepts. Undefined if the string is no number with a unit. */
function repairedRate(text: string): string | undefined {
  const [, countText, unitText] = /^\s*(-?\d+(?:\.\d+)?)?\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const unit = unitText?.toLowerCase() ?? '';
  const unitMinutes = UNIT_MINUTES.get(unit) ?? UNIT_MINUTES.get(unit.replace(/s$/, ''));
  if (unitMinutes === undefined) return undefined;
  const minutes = Math.max(1, Math.ceil(Number((Number(countText ?? 1) * unitMinutes).toFixed(6))));
  const inUnit = [unitMinutes, 1440, 60, 1].find((size) => size >= 1 && size <= 1440 && minutes % size === 0) ?? 1;
  const count = minutes / inUnit;
  const name = inUnit === 1440 ? 'day' : inUnit === 60 ? 'hour' : 'minute';
  return `rate(${count} ${name}${count === 1 ? '' : 's'})`;
}

function cronProblem(cron: string): Finding | undefined {
  const finding = cronFinding(cron);
  if (finding === undefined) return undefined;
  const fault = fieldsFault(cron);
  const message = fault === undefined ? finding.message : `${notValid(`cron(${cron})`)} ${fault}`;
  return { ...finding, ...(message && { message }), fix: repairedCron(cron) ?? finding.fix };
}

/**
 * The fix for a cron expression with another number of fields, or undefined. Unix cron has five, Quartz has seven with the
 * seconds first. Six fields with extra spaces get single ones.
 */
function repairedCron(cron: string): string | undefined {
  const fields = cron.trim().split(/\s+/);
  const candidate =
    fields.length === 5 ? fromUnix(fields) : fields.length === 7 ? fields.slice(1).join(' ') : fields.join(' ');
  if (candidate === undefined || candidate === cron || cronFinding(candidate) !== undefined) return undefined;
  return `did you mean cron(${candidate})?`;
}

/** Unix cron numbers Sunday as 0 (and 7), AWS as 1. AWS requires `?` in one of the day fields. */
function fromUnix(fields: readonly string[]): string | undefined {
  const [minutes = '', hours = '', dayOfMonth = '', month = '', dayOfWeek = ''] = fields;
  if (dayOfWeek === '*' || dayOfWeek === '?') return [minutes, hours, dayOfMonth, month, '?', '*'].join(' ');
  // If both day fields are set, Unix cron fires on either. AWS can't express that.
  if (dayOfMonth !== '*' && dayOfMonth !== '?') return undefined;
  const shifted = dayOfWeek.replace(/(?<![/#\d])[0-7](?!\d)/g, (day) => String((Number(day) % 7) + 1));
  return [minutes, hours, '?', month, shifted, '*'].join(' ');
}

/** The fix for a string that is neither `rate(...)` nor `cron(...)`. */
function wrapperFix(expression: string): Finding['fix'] {
  const text = expression.trim();
  const nickname = NICKNAMES.get(text.toLowerCase());
  if (nickname !== undefined) return `write ${nickname}`;
  const once = /^at\s*\(?(.*?)\)?$/is.exec(text)?.[1] ?? text;
  if (/^\d{4}-\d\d-\d\d/.test(once)) return atProblem(once)?.fix ?? `did you mean at(${once})?`;
  const inner = /^(?:rate|cron)?\s*\(?(.*?)\)?$/is.exec(text)?.[1] ?? '';
  const rate = repairedRate(inner.replace(/^every\s+/i, ''));
  if (rate !== undefined) return `did you mean ${rate}?`;
  if (cronFinding(inner) === undefined) return `did you mean cron(${inner})?`;
  return repairedCron(inner) ?? 'write rate(1 hour), cron(0 14 * * ? *) or at(2027-03-01T09:30:00)';
}
