import { asObject } from '../../../modules/config/value-at';
import { capitalized } from '../../../modules/problems/phrases';
import { isPlainPassword } from '../../../modules/resources/plain-password';
import type { Fact } from '../../model/run';
import type { Readable } from './readable';

const ABBREVIATIONS = /\b(api|arn|az|cpu|db|gb|gid|gpu|http|iam|id|kms|sns|sqs|tls|uid|url|vpc)(s?)\b/gi;

/** `retryIntervalSeconds` as people write it: `Retry interval seconds`. */
function label(property: string): string {
  const words = property.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const text = capitalized(words);
  return text.replace(ABBREVIATIONS, (_, word: string, plural: string) => `${word.toUpperCase()}${plural}`);
}

/** A fact, unless the value is not set. */
export function fact(name: string, value: string | number | undefined, isCode = false): Fact[] {
  if (value === undefined || value === '') return [];
  return [{ label: name, value: String(value), ...(isCode && { isCode }) }];
}

/** An object of the config. */
type Properties = { readonly [property: string]: unknown };

/**
 * Properties of the config, defaults included, one fact each: those of nested objects are named by their path.
 *
 * @param prefix label of the object that has the properties
 * @param isMap whether the config chooses the object's keys
 */
export function settingsOf(properties: Properties, readable: Readable, prefix = '', isMap = false): Fact[] {
  return Object.entries(properties).flatMap(([property, value]): Fact[] => {
    const own = isMap ? property : prefix === '' ? label(property) : lower(label(property));
    // What only groups the properties of a type says nothing.
    const name = property === 'properties' ? prefix : prefix === '' ? own : `${prefix}, ${own}`;
    if (value === undefined || value === null) return [];
    if (isPlainPassword(property, value)) return fact(name, 'in plain text');
    const isInMap = isMap || MAPS.has(property);
    if (Array.isArray(value)) {
      if (value.length === 0) return [];
      if (value.some((item) => typeof item !== 'object')) return fact(name, readable.value(value), true);
      // As many facts as an item has, each named: JSON of several lines is hard to read next to labels.
      return value.flatMap((item, index) =>
        settingsOf(asObject(item), readable, numbered(name, index, value.length), isInMap),
      );
    }
    if (typeof value === 'object') return settingsOf(asObject(value), readable, name, isInMap);
    if (typeof value === 'boolean') return fact(name, value ? 'yes' : 'no');
    const unit = isMap ? undefined : UNITS[property];
    return fact(
      name,
      [readable.value(value), ...(unit === undefined ? [] : [unit])].join(' '),
      typeof value === 'string',
    );
  });
}

/** `Volumes` of a single item, `Volumes 2` of several. */
function numbered(name: string, index: number, length: number): string {
  return length === 1 ? name : `${name} ${index + 1}`;
}

/** Units of properties whose names do not say them. */
const UNITS: { readonly [property: string]: string } = { timeout: 's', memory: 'MiB', cpu: 'vCPU' };

/** Objects whose keys the config chooses. */
const MAPS = new Set(['environment', 'tags', 'variables', 'buildArgs', 'overrides']);

function lower(text: string): string {
  return /^[A-Z]{2}/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}

/** `20 min`, `6 h`, `90 s` */
export function secondsText(seconds: number): string {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? '1 day' : `${seconds / 86_400} days`;
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
