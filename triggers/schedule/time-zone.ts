import { foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { suggestion } from '../../modules/problems/suggestion';

const DAY = 86_400_000;

const ACCEPTED = 'an IANA time zone as Area/City, or UTC';

/** Names with areas that are no places, and their other spellings in Node.js. */
const OTHER_AREAS = /^(Etc|SystemV)\//;

const FORM = /^[A-Z][A-Za-z]+(?:\/[A-Z][a-z][\w+-]*)+$/;

/** Cities of zones that people know by other names. */
const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['CET', 'Europe/Berlin'],
  ['CEST', 'Europe/Berlin'],
  ['MET', 'Europe/Berlin'],
  ['BST', 'Europe/London'],
  ['EST', 'America/New_York'],
  ['EDT', 'America/New_York'],
  ['ET', 'America/New_York'],
  ['CST', 'America/Chicago'],
  ['CDT', 'America/Chicago'],
  ['MST', 'America/Denver'],
  ['MDT', 'America/Denver'],
  ['PST', 'America/Los_Angeles'],
  ['PDT', 'America/Los_Angeles'],
  ['PT', 'America/Los_Angeles'],
  ['IST', 'Asia/Kolkata'],
  ['JST', 'Asia/Tokyo'],
  ['AEST', 'Australia/Sydney'],
  ['AEDT', 'Australia/Sydney'],
  ['GMT', 'UTC'],
  ['Z', 'UTC'],
]);

/**
 * The problem with a time zone's name, or undefined. The names are those of the time zone data in Node.js, which also accepts names that
 * AWS doesn't: other capitals, abbreviations such as PST, and offsets.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#time-zones
 */
export function timeZoneProblem(name: string): Finding | undefined {
  if (name === 'UTC' || (FORM.test(name) && !OTHER_AREAS.test(name) && isKnown(name) && listed(name) === name)) {
    return undefined;
  }
  return { code: 'invalid-format', found: foundValue(name), accepted: ACCEPTED, fix: zoneFix(name) };
}

function isKnown(name: string): boolean {
  return formatOf(name) !== undefined;
}

/** The name as the list of zones spells it. Unchanged if it is not in the list, which has no aliases such as Asia/Kolkata. */
function listed(name: string): string {
  return zones().find((zone) => zone.toLowerCase() === name.toLowerCase()) ?? name;
}

function zones(): string[] {
  return Intl.supportedValuesOf('timeZone');
}

function zoneFix(name: string): string {
  const text = name.trim().replaceAll(' ', '_');
  if (/^(Etc\/)?(utc|uct|universal|zulu)$/i.test(text)) return 'write UTC';
  if (/^(UTC|GMT|Etc\/GMT)?[+-]\d/.test(text)) {
    return 'write a city instead of an offset: an offset has no daylight saving time';
  }
  const known = ABBREVIATIONS.get(text.toUpperCase());
  if (known !== undefined) return known === 'UTC' ? 'write UTC' : `write a city, such as ${known}`;
  const same = listed(text);
  if (same !== name && zones().includes(same)) return `did you mean ${same}?`;
  const city = text.split('/').at(-1)?.toLowerCase() ?? '';
  const ofCity = zones().find((zone) => zone.split('/').at(-1)?.toLowerCase() === city);
  if (ofCity !== undefined) return `did you mean ${ofCity}?`;
  const canonical = formatOf(text)?.resolvedOptions().timeZone;
  if (canonical !== undefined && FORM.test(canonical)) return `write ${canonical}`;
  const near = suggestion(text, zones());
  return near === undefined ? 'write a zone such as Europe/Berlin or America/New_York' : `did you mean ${near}?`;
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/** Undefined for a zone that Node.js doesn't know. */
function formatOf(timezone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(timezone)) formats.set(timezone, createFormat(timezone));
  return formats.get(timezone);
}

function createFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    return undefined;
  }
}

/**
 * What clocks in a zone show at a time, as the milliseconds of the same date and time in UTC. Undefined for a zone that Node.js doesn't
 * know.
 */
export function clockIn(timezone: string, time: number): number | undefined {
  if (timezone === 'UTC') return time;
  const format = formatOf(timezone);
  if (format === undefined) return undefined;
  const parts: { [type: string]: number } = {};
  for (const { type, value } of format.formatToParts(time)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((time % 1000) + 1000) % 1000);
}

/**
 * The time at which clocks in a zone show something, which is given like the result of {@link clockIn}. Undefined if they never do: in
 * spring, they skip it. In autumn, they show it twice, and the first time is returned.
 */
export function timeOfClock(timezone: string, clock: number): number | undefined {
  const offsets = [-DAY, DAY].map((days) => (clockIn(timezone, clock + days) ?? Number.NaN) - (clock + days));
  const times = offsets.map((offset) => clock - offset).filter((time) => clockIn(timezone, time) === clock);
  return times.length === 0 ? undefined : Math.min(...times);
}
