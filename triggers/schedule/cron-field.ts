import { formatFound, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { suggestion } from '../../modules/problems/suggestion';
import { YEARS } from '../../modules/rules/schedules';

/** A field of a cron expression. */
export interface CronField {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values, starting at `min`, in upper or lower case. */
  readonly names: readonly string[];
  /** Whether a range can wrap around, as hours 22-2 or days FRI-MON do. */
  readonly wraps: boolean;
  /** The values and wildcards of the field, for the report. */
  readonly accepted: string;
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEKDAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const MINUTES: CronField = {
  name: 'minutes',
  min: 0,
  max: 59,
  names: [],
  wraps: true,
  accepted: '0-59 with , - * /',
};
export const HOURS: CronField = {
  name: 'hours',
  min: 0,
  max: 23,
  names: [],
  wraps: true,
  accepted: '0-23 with , - * /',
};
export const DAY_OF_MONTH: CronField = {
  name: 'day-of-month',
  min: 1,
  max: 31,
  names: [],
  wraps: true,
  accepted: '1-31 with , - * /, or one of ?, L, L-3, LW, 15W',
};
export const MONTH: CronField = {
  name: 'month',
  min: 1,
  max: 12,
  names: MONTHS,
  wraps: true,
  accepted: '1-12 or JAN-DEC with , - * /',
};
export const DAY_OF_WEEK: CronField = {
  name: 'day-of-week',
  min: 1,
  max: 7,
  names: WEEKDAYS,
  wraps: true,
  accepted: '1-7 or SUN-SAT (1 is SUN) with , - * /, or one of ?, L, 6L, 2#1',
};
export const YEAR: CronField = {
  name: 'year',
  ...YEARS,
  names: [],
  wraps: false,
  accepted: `${YEARS.min}-${YEARS.max} with , - * /`,
};

/** Why a field is not valid, thrown where that is found. */
export class FieldError extends Error {
  constructor(readonly finding: Finding) {
    super(String(finding.fix));
  }
}

/** The values of a field without day wildcards. */
export function valuesOf(field: CronField, text: string): ReadonlySet<number> {
  if (text === '?') {
    throw fieldError(field, text, 'write * for every value: ? is only for a day field');
  }
  return new Set(text.split(',').flatMap((item) => itemValues(field, text, item)));
}

/** One item of a list: a value, a range or `*`, with or without a step. */
function itemValues(field: CronField, text: string, item: string): number[] {
  const [range = '', stepText, ...tooMuch] = item.split('/');
  const [startText = '', endText, ...tooMany] = range.split('-');
  if (tooMuch.length > 0 || tooMany.length > 0 || startText === '' || endText === '') {
    throw fieldError(field, text, `write a value, a range such as ${example(field)}, or a list of them`);
  }
  const step = stepText === undefined ? 1 : parseStep(field, text, stepText);
  if (range === '*') return sequence(field.min, field.max, step);
  const start = parseValue(field, text, startText);
  if (endText === undefined) return stepText === undefined ? [start] : sequence(start, field.max, step);
  const end = parseValue(field, text, endText);
  if (start <= end) return sequence(start, end, step);
  if (!field.wraps) throw fieldError(field, text, `write the earlier ${field.name} first: ${endText}-${startText}`);
  const size = field.max - field.min + 1;
  return sequence(start, end + size, step).map((value) => (value > field.max ? value - size : value));
}

function parseStep(field: CronField, text: string, stepText: string): number {
  const size = field.max - field.min + 1;
  const step = /^\d+$/.test(stepText) ? Number(stepText) : Number.NaN;
  if (step >= 1 && step <= size) return step;
  throw fieldError(
    field,
    text,
    step > size
      ? `a step starts anew with each run through the field, so it can be ${size} at most: for a longer pause use rate(...)`
      : `write a whole number from 1 to ${size} after /`,
  );
}

export function parseValue(field: CronField, text: string, word: string): number {
  const value = /^\d{1,4}$/.test(word) ? Number(word) : indexOfName(field, word);
  if (value !== undefined && value >= field.min && value <= field.max) return value;
  throw fieldError(field, text, valueFix(field, word, value));
}

function indexOfName(field: CronField, word: string): number | undefined {
  const index = field.names.indexOf(word.toUpperCase());
  return index < 0 ? undefined : field.min + index;
}

function valueFix(field: CronField, word: string, value: number | undefined): string {
  if (field === DAY_OF_WEEK && value === 0) return 'AWS counts the days of the week from 1: Sunday is 1 or SUN';
  if (field === HOURS && value === 24) return 'midnight is hour 0';
  if (field === MINUTES && value === 60) return 'the full hour is minute 0';
  if (value !== undefined) return `use a value from ${field.min} to ${field.max}`;
  if (/^(L|\d+L|W|\d+W|LW)$/i.test(word)) return 'L and W stand alone in a day field, not in a list or a range';
  const near = field.names.find((name) => word.toUpperCase().startsWith(name)) ?? suggestion(word, field.names);
  return near === undefined ? `use a value from ${field.min} to ${field.max}` : `did you mean ${near}?`;
}

export function fieldError(field: CronField, text: string, fix: string): FieldError {
  return new FieldError({
    code: 'invalid-format',
    message: `${formatFound(text)} is not valid in the ${field.name} field. The field accepts ${field.accepted}.`,
    found: foundValue(text, ` in the ${field.name} field`),
    accepted: `${field.name}: ${field.accepted}`,
    fix,
  });
}

function example({ names, min, max }: CronField): string {
  return `${names[0] ?? min}-${names.at(-1) ?? max}`;
}

/** Numbers from a start to an end, both included if the step meets it. */
export function sequence(start: number, end: number, step: number): number[] {
  return Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step);
}
