import type { z } from 'zod';
import { formatFound } from '../problems/found';
import { either } from '../problems/phrases';
import { type Finding, formatPath } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { meantByForeign, plainName, STATEMENT_PARTS } from './foreign-names';
import { overrideFix, overridesFix } from './overrides/override-fix';
import { refusal } from './refused-properties';
import { Replacement } from './replacement';
import { ENTRY, propertyPaths, type Relation, relation, type SchemaPath } from './schema-paths';
import { valueAt } from './value-at';
import type { Vocabulary } from './vocabulary';

/** The config around an unknown property. */
export interface PropertyContext {
  readonly schema: z.ZodType;
  readonly root: unknown;
  /** What sources and companions say about their properties. */
  readonly vocabulary: Vocabulary;
}

/** The finding for a property that doesn't exist there, with its right name, its right place, or another way to set it. */
export function unknownProperty(
  path: readonly PropertyKey[],
  known: readonly string[],
  around: PropertyContext,
): Finding {
  const key = String(path.at(-1));
  const refused = refusal(path, around.root);
  if (refused !== undefined) return { found: `the property "${key}"`, ...refused, settles: [key] };
  const accepted = known.length === 0 ? 'no properties' : known.join(', ');
  const fix = fixOf(key, path, known, around);
  const message = `Unknown property "${key}".`;
  return {
    code: 'unknown-property',
    found: `the unknown property "${key}"`,
    accepted,
    ...statedFix(key, fix),
    message,
  };
}

/** What a finding says of a fix. A value that is written anew, or gone for a reason, has no other problem. */
function statedFix(key: string, fix: Fix): Pick<Finding, 'fix' | 'meant' | 'settles'> {
  if (typeof fix === 'string') return { fix };
  if (fix instanceof Replacement) return { fix: fix.text, meant: fix.property, settles: [key] };
  if ('without' in fix) return { fix: fix.without, settles: [key], ...(fix.meant && { meant: fix.meant }) };
  return { fix: `did you mean "${fix.meant}"?`, meant: fix.meant };
}

/** What to do without the property and its value, and why. */
interface Without {
  readonly without: string;
  /** The property in its place, if it is missing. @default none */
  readonly meant?: string;
}

/** What to do with an unknown property: an instruction that keeps its value, one without it, another name, or another property. */
type Fix = string | Without | { readonly meant: string } | Replacement;

function fixOf(key: string, path: readonly PropertyKey[], known: readonly string[], around: PropertyContext): Fix {
  if (isNameOfJob(key, path, around)) {
    return { without: `remove it: the name is ${formatFound(path[1])}, its key in resources` };
  }
  const isOfExisting = path.length === 3 && path[0] === 'resources' && known.includes('existing');
  if (key === 'overrides' && isOfExisting)
    return { without: 'remove it: the stack does not change an existing resource' };
  if (key === 'protect' && isOfExisting) return { without: 'remove it: the stack never deletes an existing resource' };
  const instead = stacktapeFix(path, around);
  if (instead !== undefined) return instead;
  const meant = suggestion(key, known);
  // An attribute of Terraform can be near to one of ours: `ulimits` and `limits`.
  const attribute = meant === undefined ? undefined : overrideFix(path, around.root, around.vocabulary);
  const isMeant = meant !== undefined && (plainName(key) === plainName(meant) || attribute === undefined);
  if (isMeant && isNear(key, meant)) return { meant };
  const statement = known.includes('Action') && known.includes('Effect') ? statementFix(key) : undefined;
  const named = candidates(placesNamed(key, around), path, around);
  const meantByOthers = candidates(placesMeant(key, path, around), path, around).filter(isNotElsewhereExisting);
  const foreign = belongs(meantByOthers, 'write', path, known);
  const neighbour = typeof foreign === 'object' ? foreign : undefined;
  return (
    statement ??
    neighbour ??
    nameFix(key, path, around) ??
    belongs(named, 'move it to', path, known) ??
    otherTypes(named, key, path) ??
    overrideFix(path, around.root, around.vocabulary) ??
    foreign ??
    otherTypes(named) ??
    stacktapeFix(path, around, true) ??
    (meant === undefined ? 'remove it' : { meant })
  );
}

/** What to do about a property that Stacktape has there, or one whose name is similar to it. */
function stacktapeFix(path: readonly PropertyKey[], around: PropertyContext, isNear = false): Fix | undefined {
  // Loaded only for a config with an unknown property.
  const { stacktapeProperty } = require('./stacktape-resources') as typeof import('./stacktape-resources');
  const instead = stacktapeProperty(path, around, isNear);
  if (instead === undefined || instead instanceof Replacement) return instead;
  if (typeof instead !== 'string') return overridesFix(path, instead);
  // All properties at once: then the resource has to be an existing one.
  return { without: instead, ...(path.length === 3 && { meant: 'existing' }) };
}

/** Whether a key is meant as the job's name, which other tools set inside the job. */
function isNameOfJob(key: string, path: readonly PropertyKey[], { root }: PropertyContext): boolean {
  const inJob = path.length === 3 || (path.length === 4 && path[2] === 'properties');
  if (path[0] !== 'resources' || !inJob || !/^(id|name|jobName)$/i.test(key)) return false;
  return valueAt(root, [...path.slice(0, 2), 'type']) === 'batch-job';
}

/** The fix for a companion's name in AWS, which other tools set. */
function nameFix(key: string, path: readonly PropertyKey[], { root }: PropertyContext): Without | undefined {
  const [resources, name, properties] = path;
  const isInside = path.length === 3 || (path.length === 4 && properties === 'properties');
  if (resources !== 'resources' || !isInside) return undefined;
  const written = valueAt(root, [resources, String(name), 'type']);
  const type = typeof written === 'string' ? plainName(written) : '';
  const noun = plainName(key).replace(/(name|identifier)$/, '');
  if (!/name$|^id$|identifier$/i.test(key) || !(noun === '' || noun === 'id' || type.includes(noun))) return undefined;
  return { without: `remove it: the name in AWS consists of namePrefix, stackName and ${formatFound(name)}` };
}

function statementFix(key: string): Without | undefined {
  const [, without] = Object.entries(STATEMENT_PARTS).find(([part]) => part.toLowerCase() === key.toLowerCase()) ?? [];
  return without === undefined ? undefined : { without };
}

/** Whether two names are equal except for case, separators, plural, or one letter in four. */
function isNear(key: string, meant: string): boolean {
  if (plainName(key) === plainName(meant)) return true;
  return suggestion(key, [meant]) === meant && Math.abs(key.length - meant.length) <= 2 && key.length > 3;
}

function placesNamed(key: string, { schema }: PropertyContext): SchemaPath[] {
  const name = plainName(key);
  return propertyPaths(schema).filter(({ steps }) => plainName(steps.at(-1) ?? '') === name);
}

function placesMeant(
  key: string,
  path: readonly PropertyKey[],
  { schema, root, vocabulary }: PropertyContext,
): SchemaPath[] {
  const type = path[3] === 'events' ? valueAt(root, [...path.slice(0, 5), 'type']) : undefined;
  return meantByForeign(key, vocabulary, type === undefined ? undefined : String(type)).flatMap((end) =>
    propertyPaths(schema).filter(({ steps }) => formatSteps(steps.slice(-end.length)) === formatSteps(end)),
  );
}

interface Candidate extends SchemaPath, Relation {}

function candidates(
  places: readonly SchemaPath[],
  path: readonly PropertyKey[],
  { root }: PropertyContext,
): Candidate[] {
  return places.map((place) => ({ ...place, ...relation(place, path, root) })).filter((one) => isNearby(one, path));
}

/** Parts of a config whose properties have common names, such as `name` and `acl`, that nobody means from or for elsewhere. */
const APART: readonly (string | undefined)[] = ['backend', 'cloudformationResources', 'directives'];

/** Number of steps to a property of an event. Those deeper inside have common names. */
const DEEPEST = 7;

/** Whether a property could be meant to be at a place: not in a part of the config that has nothing to do with it. */
function isNearby({ steps, shared }: Candidate, path: readonly PropertyKey[]): boolean {
  if (shared === 0 && (APART.includes(steps[0]) || APART.includes(String(path[0])))) return false;
  const inList = steps[0] === 'resources' && steps.includes(ENTRY);
  return !inList || shared >= 3 || (path.length === 1 && steps.length <= DEEPEST);
}

/** Whether a place is not in an existing resource, unless the property is in it too: `name` and `url` mean much else elsewhere. */
function isNotElsewhereExisting({ steps, shared }: Candidate): boolean {
  return shared > steps.indexOf('existing');
}

/** Number of steps up from the property and down to a place. */
function distance({ steps, shared }: Candidate, path: readonly PropertyKey[]): number {
  return path.length - 1 - Math.min(shared, path.length - 1) + steps.length - shared;
}

const MOST_NAMED = 3;

function belongs(
  all: readonly Candidate[],
  verb: string,
  path: readonly PropertyKey[],
  known: readonly string[],
): Fix | undefined {
  const fitting = all.filter(({ otherType }) => otherType === undefined);
  if (fitting.length === 0) return undefined;
  const nearest = Math.min(...fitting.map((place) => distance(place, path)));
  const near = fitting.filter((place) => distance(place, path) === nearest);
  const shortest = Math.min(...near.map(({ steps }) => steps.length));
  const texts = placeTexts(
    near.filter(({ steps }) => steps.length === shortest),
    path,
  );
  const [only] = near;
  const name = only?.steps.at(-1) ?? '';
  // A property of the same object, by another name.
  if (
    texts.length === 1 &&
    only?.steps.length === path.length &&
    only.shared === path.length - 1 &&
    known.includes(name)
  ) {
    return { meant: name };
  }
  return `${verb} ${few(texts)}`;
}

function few(texts: readonly string[]): string {
  return texts.length > MOST_NAMED ? `${texts.slice(0, MOST_NAMED).join(', ')} or others` : either(texts);
}

/** Places as paths of this config, with its own names for the common part, and the types that have them. */
function placeTexts(places: readonly Candidate[], path: readonly PropertyKey[]): string[] {
  const kinds = new Map<string, string[]>();
  for (const { steps, types, shared } of places) {
    const own = formatPath(path.slice(0, shared));
    const further = formatSteps(steps.slice(shared));
    const whole = own === '' || further.startsWith('[') ? `${own}${further}` : `${own}.${further}`;
    const named = steps.length === 1 ? `the top of the config, as ${whole}` : whole;
    const kind = types.filter(([depth]) => depth > shared).map(([, [type = '']]) => type);
    kinds.set(named, [...(kinds.get(named) ?? []), ...kind]);
  }
  return [...kinds].map(([whole, types]) => {
    const different = unique(types);
    return different.length === 0 || different.length > MOST_NAMED ? whole : `${whole} (type ${either(different)})`;
  });
}

/**
 * The types that have the property, if no object of the config on the path has it.
 *
 * @param exactly only types in the same place, with a property of exactly this name
 */
function otherTypes(
  all: readonly Candidate[],
  exactly?: string,
  path: readonly PropertyKey[] = [],
): Without | undefined {
  const nearest = Math.max(...all.map(({ otherType }) => otherType?.[0] ?? 0));
  const there = all.filter(({ otherType }) => otherType?.[0] === nearest);
  const [first] = there;
  if (first === undefined) return undefined;
  if (exactly !== undefined && (first.steps.at(-1) !== exactly || nearest < path.length - 2)) return undefined;
  const types = unique(there.map(({ otherType }) => otherType?.[1] ?? ''));
  const list = first.steps
    .slice(0, nearest)
    .filter((step) => !/^[[<]/.test(step))
    .at(-1);
  return { without: `remove it: it belongs to ${list === undefined ? '' : `${list} of `}type ${few(types)}` };
}

function formatSteps(steps: readonly string[]): string {
  return steps.reduce((text, step) => (step === ENTRY ? `${text}[]` : text === '' ? step : `${text}.${step}`), '');
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
