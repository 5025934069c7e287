import type { Limits } from '../config/limits';
import { RUN_LIMITS } from '../rules/run-limits';
import { ITEMS, PLACE } from './state-names';
import type { Retrier } from './states-language';

/**
 * The table of a stack's run places, and the requests that a job's state machine and the place keeper share.
 *
 * Each job has an item with the runs that have a place, and how many runs began in this hour and on this day. Each waiting run has an item
 * with its task token. The index `Line` has the waiting runs of a job in order of arrival.
 *
 * Only conditional updates of the job's item give a place, so that two that come at the same time never give the last one twice.
 */
export const PLACES = {
  job: 'JobName',
  item: 'Item',
  /** The item of a job. */
  places: 'places',
  line: 'Line',
  arrived: 'Arrived',
} as const;

/** More than any job starts, for an hour or a day without a limit. */
const UNLIMITED = 1_000_000_000;

/** What limits the runs of a job. */
export interface Places {
  readonly concurrentRuns: number;
  readonly runsPerHour: number;
  readonly runsPerDay: number;
  /** A run takes a place for each of its children that run at the same time. @default one place a run */
  readonly countItems?: boolean;
}

/** Limits with a number for each that a job doesn't have. */
export function placesOf({ concurrentRuns, countItems, runsPerHour, runsPerDay, whenExceeded }: Limits) {
  return {
    concurrentRuns: concurrentRuns ?? RUN_LIMITS.concurrentRuns.max,
    runsPerHour: runsPerHour ?? UNLIMITED,
    runsPerDay: runsPerDay ?? UNLIMITED,
    whenExceeded,
    ...(countItems && { countItems }),
  };
}

/** The limits that a state machine takes places by: what {@link placesOf} made numbers of. Undefined if it takes none. */
export function limitsIn(states: ReadonlyMap<string, { readonly [name: string]: unknown }>): Limits | undefined {
  const { ExpressionAttributeValues: values } = (states.get(PLACE.take)?.Parameters ?? {}) as Partial<Taking>;
  if (values === undefined) return undefined;
  const limit = (value: { readonly N?: string } | undefined, none: number) => {
    const count = Number(value?.N);
    return count > 0 && count < none ? count : undefined;
  };
  const [runsPerHour, runsPerDay] = [limit(values[':perHour'], UNLIMITED), limit(values[':perDay'], UNLIMITED)];
  // The most that a job can have is no limit next to another one.
  const isOther = runsPerHour !== undefined || runsPerDay !== undefined;
  const countItems = values[':room'] !== undefined;
  return {
    concurrentRuns: countItems
      ? (states.get(ITEMS.plan)?.Parameters as Partial<Planning> | undefined)?.Payload?.ArraySize
      : limit(values[':places'], isOther ? RUN_LIMITS.concurrentRuns.max : UNLIMITED),
    ...(countItems && { countItems }),
    runsPerHour,
    runsPerDay,
    whenExceeded: states.has(PLACE.wait) ? 'wait' : 'skip',
  };
}

/** The part of the parameters of {@link takePlace} that has the limits. */
interface Taking {
  readonly ExpressionAttributeValues: { readonly [name: string]: { readonly N?: string } };
}

/** The part of a request for the items that has the limit, if items are counted. */
interface Planning {
  readonly Payload: { readonly ArraySize?: number };
}

/** Names that Step Functions has for an update whose condition was not met. */
export const UNMET = ['DynamoDb.ConditionalCheckFailedException', 'DynamoDB.ConditionalCheckFailedException'];

/** For about two minutes, also while a new permission isn't known everywhere yet. A condition that isn't met is an answer. */
export const PLACE_RETRIES: readonly Retrier[] = [
  { ErrorEquals: UNMET, MaxAttempts: 0 },
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 1,
    BackoffRate: 2,
    MaxDelaySeconds: 30,
    MaxAttempts: 9,
    JitterStrategy: 'FULL',
  },
];

/** A string attribute: of a constant, of a path, or of a function. */
export function text(value: string) {
  return /^(\$|States\.)/.test(value) ? { 'S.$': value } : { S: value };
}

/** A number attribute: of a constant, or of a path to its text. */
function number(value: number | string) {
  return typeof value === 'number' ? { N: String(value) } : { 'N.$': value };
}

/** The hour and the day of the clock in UTC at which a state is entered: `2026-11-26T22` and `2026-11-26`. */
const HOUR = "States.ArrayGetItem(States.StringSplit($$.State.EnteredTime, ':'), 0)";
const DAY = "States.ArrayGetItem(States.StringSplit($$.State.EnteredTime, 'T'), 0)";

/** A job's item. */
export function placesKey(job: string) {
  return { [PLACES.job]: text(job), [PLACES.item]: text(PLACES.places) };
}

/** The item of a waiting run. */
export function lineKey(job: string, run: string) {
  return { [PLACES.job]: text(job), [PLACES.item]: text(`States.Format('run {}', ${run})`) };
}

/** Parameters of the query for the first waiting run of a job. */
export function firstInLine(table: string, job: string) {
  return {
    TableName: table,
    IndexName: PLACES.line,
    KeyConditionExpression: `${PLACES.job} = :job`,
    ExpressionAttributeValues: { ':job': text(job) },
    ConsistentRead: true,
    Limit: 1,
  };
}

interface Starts {
  readonly runsPerHour: number | string;
  readonly runsPerDay: number | string;
}

/** One place, if fewer runs than these have one. */
interface OnePlace extends Starts {
  readonly concurrentRuns: number | string;
}

/** A place for each child that a run has at the same time. Both are paths to texts. */
interface ManyPlaces extends Starts {
  readonly places: string;
  /** Most places that can be taken before: those of the job without these. */
  readonly room: string;
}

/** Attribute of a job's item: how many places a run has that counts its items. A place that counts as one has none. */
function placesName(run: string): string {
  return `States.Format('places {}', ${run})`;
}

/**
 * Gives a run a place, if the job has one and the hour and the day have room. A run that has a place gets no second one. The value is the
 * run's name too, because a path can list values but not keys.
 *
 * A run that counts its items gets all its places at once. If no other run has any, it gets them although the limit is lower by now: it
 * would wait forever.
 */
export function takePlace(table: string, job: string, run: string, needed: OnePlace | ManyPlaces) {
  const met =
    'ThisHour = :hour AND StartsThisHour < :perHour AND ThisDay = :day AND StartsThisDay < :perDay' +
    ' AND attribute_not_exists(Holders.#run)';
  const rooms = ['Taken <= :room', 'size(Holders) = :zero'];
  const many = 'places' in needed;
  return {
    TableName: table,
    Key: placesKey(job),
    UpdateExpression:
      'SET Holders.#run = :run, StartsThisHour = StartsThisHour + :one, StartsThisDay = StartsThisDay + :one' +
      (many ? ', #places = :needed, Taken = if_not_exists(Taken, :zero) + :needed' : ''),
    ConditionExpression: many
      ? rooms.map((room) => `${met} AND ${room}`).join(' OR ')
      : `${met} AND size(Holders) < :places`,
    ExpressionAttributeNames: { '#run.$': run, ...(many && { '#places.$': placesName(run) }) },
    ExpressionAttributeValues: {
      ':run': text(run),
      ':one': number(1),
      ...(many
        ? { ':needed': number(needed.places), ':room': number(needed.room), ':zero': number(0) }
        : { ':places': number(needed.concurrentRuns) }),
      ':perHour': number(needed.runsPerHour),
      ':perDay': number(needed.runsPerDay),
      ':hour': text(HOUR),
      ':day': text(DAY),
    },
  };
}

/** Frees the places of a run, if it has any. It knows by itself whether they were counted: the limits can have changed since. */
export function freePlace(table: string, job: string, run: string) {
  return {
    TableName: table,
    Key: placesKey(job),
    UpdateExpression:
      'SET Taken = if_not_exists(Taken, :zero) - if_not_exists(#places, :zero) REMOVE Holders.#run, #places',
    ConditionExpression: 'attribute_exists(Holders.#run)',
    ExpressionAttributeNames: { '#run.$': run, '#places.$': placesName(run) },
    ExpressionAttributeValues: { ':zero': number(0) },
  };
}

/** Counts the taken places from zero when nobody has one: a place keeper of an earlier version frees places, but doesn't count them. */
export function noneTaken(table: string, job: string) {
  return {
    TableName: table,
    Key: placesKey(job),
    UpdateExpression: 'SET Taken = :zero',
    ConditionExpression: 'size(Holders) = :zero',
    ExpressionAttributeValues: { ':zero': number(0) },
  };
}

/** Counts from zero in a new hour. The first one creates the job's item. */
export function beginHour(table: string, job: string) {
  return {
    TableName: table,
    Key: placesKey(job),
    UpdateExpression: 'SET ThisHour = :hour, StartsThisHour = :zero, Holders = if_not_exists(Holders, :nobody)',
    ConditionExpression: 'attribute_not_exists(ThisHour) OR ThisHour < :hour',
    ExpressionAttributeValues: { ':hour': text(HOUR), ':zero': number(0), ':nobody': { M: {} } },
  };
}

/** Counts from zero on a new day. */
export function beginDay(table: string, job: string) {
  return {
    TableName: table,
    Key: placesKey(job),
    UpdateExpression: 'SET ThisDay = :day, StartsThisDay = :zero',
    ConditionExpression: 'attribute_not_exists(ThisDay) OR ThisDay < :day',
    ExpressionAttributeValues: { ':day': text(DAY), ':zero': number(0) },
  };
}
