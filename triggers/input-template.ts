import { isToken } from '../modules/config/checked';
import { formatFound, foundValue } from '../modules/problems/found';
import type { Finding } from '../modules/problems/problem';
import { suggestion } from '../modules/problems/suggestion';

/** Placeholders that EventBridge defines: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
const PREDEFINED = [
  'aws.events.rule-arn',
  'aws.events.rule-name',
  'aws.events.event.ingestion-time',
  'aws.events.event',
  'aws.events.event.json',
] as const;

/** Placeholders that EventBridge replaces by unescaped objects, which would break a JSON string around them. */
const WHOLE_EVENTS: readonly string[] = ['aws.events.event', 'aws.events.event.json'];

const PLACEHOLDER = /<([^<>]*)>/g;

/**
 * The problem with a template for a target's input, or undefined. A string is the template itself, and must be JSON after the
 * placeholders are replaced. Any other value is written as JSON, with placeholders inside strings.
 *
 * @param names keys of `inputPathsMap`
 */
export function templateProblem(template: unknown, names: readonly string[]): Finding | undefined {
  const text = typeof template === 'string' ? template : (JSON.stringify(template) ?? '');
  if (isToken(text) || text === '') return undefined;
  const unknown = unknownPlaceholder(text, names);
  if (unknown !== undefined) return unknown;
  return typeof template === 'string' ? textProblem(template) : (keyProblem(template) ?? quotedEvent(text, false));
}

function unknownPlaceholder(text: string, names: readonly string[]): Finding | undefined {
  const known = [...names, ...PREDEFINED];
  const [name] = [...text.matchAll(PLACEHOLDER)]
    .map(([, inner = '']) => inner)
    .filter((inner) => !known.includes(inner));
  if (name === undefined) return undefined;
  const found = `the placeholder <${name}>`;
  const accepted = `a name in inputPathsMap, or one that EventBridge defines: ${known.join(', ')}`;
  if (!/^[\w-]+$/.test(name) && !/^aws\.events\./i.test(name)) {
    return { found, accepted, fix: 'write the string without < and >: in EventBridge, they mark a placeholder' };
  }
  const meant = suggestion(name, known);
  const fix = meant === undefined ? `add ${name}: ${whereFound(name)} to inputPathsMap` : `did you mean "<${meant}>"?`;
  return { found, accepted, fix };
}

/** The event's own properties. Any other name is most likely in its detail. */
const ENVELOPE = ['version', 'id', 'detail-type', 'source', 'account', 'time', 'region', 'resources', 'detail'];

function whereFound(name: string): string {
  return ENVELOPE.includes(name) ? `$.${name}` : `$.detail.${name}, or where it is,`;
}

const JSON_TEMPLATE = 'JSON after the placeholders are replaced, such as \'{"until": <time>}\' or \'"until <time>"\'';

/** JSON strings, and the placeholders outside of them. */
const STRING_OR_PLACEHOLDER = /("(?:[^"\\]|\\.)*")|<[^<>]+>/gs;

function textProblem(template: string): Finding | undefined {
  const found = foundValue(template);
  const outside = template.replace(STRING_OR_PLACEHOLDER, (match, string?: string) =>
    string === undefined ? match : '""',
  );
  const key = /<([^<>]+)>\s*:/.exec(outside)?.[1];
  if (key !== undefined) return placeholderAsKey(`<${key}>`);
  const value = parsedTemplate(template);
  if (value !== undefined) return keyProblem(value) ?? quotedEvent(template, true);
  const lines = template.trim().split(/\s*\n\s*/);
  const isText = !/^[\s[{"]/.test(template.trim());
  const fix = isText
    ? `put double quotes around it: '${JSON.stringify(template)}'`
    : lines.length > 1 && lines.every((line) => /^".*"$/.test(line))
      ? `write one value, such as a list: '[${lines.join(', ')}]'`
      : 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON';
  return { found, accepted: JSON_TEMPLATE, fix };
}

/** The JSON value of a template, with unquoted placeholders as strings. Undefined if it is no JSON. */
export function parsedTemplate(template: string): unknown {
  const quoted = template.replace(STRING_OR_PLACEHOLDER, (match, string?: string) => string ?? `"${match}"`);
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}

function placeholderAsKey(key: string): Finding {
  const accepted = 'placeholders in values: EventBridge does not replace keys';
  return { found: `the key ${key}`, accepted, fix: 'write the key itself, and the placeholder as its value' };
}

function keyProblem(value: unknown): Finding | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const key = Object.keys(value).find((name) => /<[^<>]+>/.test(name));
    if (key !== undefined) return placeholderAsKey(formatFound(key));
  }
  return Object.values(value)
    .map(keyProblem)
    .find((problem) => problem !== undefined);
}

function quotedEvent(text: string, isText: boolean): Finding | undefined {
  const strings = text.match(/"(?:[^"\\]|\\.)*"/gs) ?? [];
  const name = WHOLE_EVENTS.find((event) => strings.some((string) => string.includes(`<${event}>`)));
  if (name === undefined) return undefined;
  const accepted = `<${name}> outside of quotes: it is an object, and EventBridge does not escape its quotes`;
  const fix = isText ? `write <${name}> without quotes` : `write the template as a string: '{"event": <${name}>}'`;
  return { found: `<${name}> inside of a string`, accepted, fix };
}
