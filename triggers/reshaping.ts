import { z } from 'zod';
import { type CheckContext, isToken, mapOf, refuse, strict, text, type Unchecked } from '../modules/config/checked';
import { asObject } from '../modules/config/value-at';
import { formatFound, foundValue } from '../modules/problems/found';
import { parsedTemplate, templateProblem } from './input-template';

const json = z.json();

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
const MAX_INPUT_LENGTH = 8192;
const MAX_PATH_LENGTH = 256;
const MAX_PATHS = 100;

/** Steps of a JSONPath with dots and indices. EventBridge accepts no others in `inputPathsMap`, and ignores the rest. */
const DOT_STEPS = String.raw`(?:\.[\w*/-]+|\[(?:\d+|\*)\])*`;

/** `inputPath` also accepts names in brackets. */
const ANY_STEPS = String.raw`(?:\.{1,2}[^.\s[\]'"]+|\[(?:\d+|\*|'[^']*'|"[^"]*")\])*`;

/** A path in a form that EventBridge accepts, or undefined if there is none. */
function pathMeant(found: string, steps: string): string | undefined {
  const named = found.trim().replace(/\[(['"])([\w*/-]+)\1\]/g, '.$2');
  const rooted = named.startsWith('$') ? named : `$.${named.replace(/^\.+/, '')}`;
  return new RegExp(`^\\$${steps}$`).test(rooted) && rooted.length <= MAX_PATH_LENGTH ? rooted : undefined;
}

function jsonPath(steps: string) {
  return text({
    pattern: new RegExp(`^(?=.{1,${MAX_PATH_LENGTH}}$)\\$${steps}$`),
    accepted: `a JSONPath of up to ${MAX_PATH_LENGTH} characters, such as $.detail`,
    fix: (found) => {
      const meant = pathMeant(found, steps);
      if (meant !== undefined) return `write ${meant}`;
      return found.startsWith('$.') && steps === DOT_STEPS && found.length <= MAX_PATH_LENGTH
        ? 'use the part above it: EventBridge reads letters, digits, - _ / and * in names, and indices in brackets'
        : 'write $. and the path of the part';
    },
  });
}

const placeholderName = text({
  pattern: new RegExp(`^(?!AWS)[\\w-]{1,${MAX_PATH_LENGTH}}$`),
  accepted: 'letters, digits, hyphens and underscores, not starting with AWS',
  acceptedAs: 'content',
  fix: 'rename the placeholder, here and in inputTemplate',
});

const inputTransformer = strict({
  /** Names for parts of the event, at most 100. Each key is a name, each value a JSONPath such as `$.detail.id`, without names in brackets. @default none */
  inputPathsMap: mapOf(placeholderName, jsonPath(DOT_STEPS))
    .check((context) => {
      const count = Object.keys(context.value).length;
      if (count <= MAX_PATHS) return;
      refuse(context, { found: `${count} names`, accepted: `at most ${MAX_PATHS} names`, fix: 'name fewer parts' });
    })
    .optional(),
  /** What the job receives, at most 8,192 characters. `<name>` is replaced by a part named in `inputPathsMap`, but never in a key. A string must be JSON after the placeholders are replaced. */
  inputTemplate: json,
});

/** Properties that change what the job receives. Set at most one, see {@link checkReshaping}. */
export const reshaping = {
  /** A fixed JSON value, at most 8,192 characters, that the job receives instead of the event. You can't combine it with `inputPath` or `inputTransformer`. @default the event as it is */
  input: json.optional(),
  /** JSONPath of the part of the event that the job receives. You can't combine it with `input` or `inputTransformer`. @default the event as it is */
  inputPath: jsonPath(ANY_STEPS).optional(),
  /** Builds what the job receives from parts of the event. You can't combine it with `input` or `inputPath`. @default the event as it is */
  inputTransformer: inputTransformer.optional(),
};

/** Refuses more than one {@link reshaping} property, values that are too long for EventBridge, and a constant that looks like an event. */
export function checkReshaping(value: Unchecked<Record<keyof typeof reshaping, unknown>>, context: CheckContext): void {
  onlyOne(value, context);
  checkLength(value.input, ['input'], context);
  refuseConstantEvent(value.input, ['input'], context);
  const { inputTemplate: template, inputPathsMap } = asObject(value.inputTransformer);
  const path = ['inputTransformer', 'inputTemplate'];
  checkLength(template, path, context);
  const problem = template === undefined ? undefined : templateProblem(template, Object.keys(asObject(inputPathsMap)));
  if (problem !== undefined) refuse(context, problem, path);
  refuseConstantEvent(typeof template === 'string' ? parsedTemplate(template) : template, path, context);
}

function onlyOne(value: Unchecked<Record<keyof typeof reshaping, unknown>>, context: CheckContext): void {
  const given = (['input', 'inputPath', 'inputTransformer'] as const).filter((key) => value[key] !== undefined);
  if (given.length < 2) return;
  refuse(context, {
    found: given.map((key) => `${key}: ${formatFound(value[key])}`).join(', '),
    accepted: 'at most one of input, inputPath and inputTransformer',
    fix: `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`,
  });
}

function checkLength(value: unknown, path: string[], context: CheckContext): void {
  if (value === undefined) return;
  const isTemplate = path.length > 1 && typeof value === 'string';
  const { length } = isTemplate ? value : (JSON.stringify(value) ?? '');
  if (isTemplate && length === 0) {
    refuse(context, { found: foundValue(''), accepted: 'a template', fix: 'write what the job should receive' }, path);
  }
  if (length <= MAX_INPUT_LENGTH) return;
  const accepted = `at most ${MAX_INPUT_LENGTH} characters of JSON`;
  const fix = 'store the value in a bucket or parameter that the job reads';
  refuse(context, { found: `${length} characters`, accepted, fix }, path);
}

/**
 * The trigger function takes a value in the form of an EventBridge event for the event with that id. A constant one would be a duplicate
 * each time, and start only one job in 90 days.
 */
function refuseConstantEvent(value: unknown, path: string[], context: CheckContext): void {
  if (typeof value !== 'object' || value === null) return;
  const { id, source, 'detail-type': detailType } = value as { [key: string]: unknown };
  if (![id, source, detailType].every((part) => typeof part === 'string' && part !== '')) return;
  const varies = path.length > 1 && PLACEHOLDER.test(String(id));
  if (varies || isToken(String(id))) return;
  refuse(
    context,
    {
      found: `the constant id ${formatFound(id)} beside detail-type and source`,
      accepted: 'a value other than an EventBridge event that always has the same id',
      fix: 'rename id, detail-type or source: each event would count as a duplicate and start nothing',
    },
    path,
  );
}

const PLACEHOLDER = /<[^<>]+>/;

/** Names that other tools use for these properties. */
export const RESHAPING_ALIASES = { inputTransformer: 'transformer inputTransform' } as const;
