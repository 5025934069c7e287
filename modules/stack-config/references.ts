import { ACCOUNT_ID, KNOWN_ACCOUNT } from '../config/account-id';
import { isDirective } from '../config/directive';
import { type DirectiveScope, directiveProblem, partProblem } from '../config/directive-registry';
import { formatDirectives } from '../config/format-directive';
import { type IndexedConfig, keysOf, listOf, objectOf } from '../config/indexed-config';
import { rule } from '../config/rule';
import type { Path, TextAt } from '../config/strings-in';
import { withArticle } from '../config/type-name';
import { foundName, foundValue } from '../problems/found';
import { reference } from '../problems/suggestion';
import { NAMED, type ResourceType, referableOf } from '../resources/referables';
import { wholeArnFix } from './referred-arns';

/** Properties with content of the user, in which names are not references: outside of them, a property of {@link NAMED} has no other meaning. */
export const FREE: ReadonlySet<string | number> = new Set([
  'Condition',
  'environment',
  'eventPattern',
  'filterCriteria',
  'filterPolicy',
  'input',
  'inputTransformer',
  'overrides',
  'parameters',
  'tags',
]);

/**
 * Sections of a config that accept any string, and whether directives in them are resolved, or in which properties of them. Other sections
 * have a fixed form.
 */
const SECTIONS: { readonly [section: string]: { readonly resolved: boolean | string } } = {
  resources: { resolved: true },
  cloudformationResources: { resolved: true },
  vpc: { resolved: true },
  compute: { resolved: true },
  notifications: { resolved: true },
  alarms: { resolved: true },
  outputs: { resolved: 'value' },
  // Terraform needs these values before it creates resources.
  backend: { resolved: false },
  tags: { resolved: false },
};

/** What directives of the config can refer to. */
export function scopeOf(index: IndexedConfig): DirectiveScope {
  const types = [...index.resources.values()].map(({ name, type }) => [name, type] as const);
  const cloudFormationTypes = Object.entries(index.section('cloudformationResources')).map(
    ([id, resource]) => [id, objectOf(resource).Type] as const,
  );
  return {
    types: withType(types),
    cloudFormationTypes: withType(cloudFormationTypes),
    custom: listOf(index.config.directives)
      .map((directive) => objectOf(directive).name)
      .filter((name) => typeof name === 'string'),
    paramsOf: (type) => referableOf(type)?.params,
  };
}

function withType(types: readonly (readonly [name: string, type: unknown])[]): Map<string, string> {
  return new Map(types.flatMap(([name, type]) => (typeof type === 'string' ? [[name, type]] : [])));
}

/** Directives are for values only. */
const plainKeys = rule('invalid-directive', keysOf(...Object.keys(SECTIONS)), function* (keys, index) {
  const { custom } = scopeOf(index);
  for (const { text, path } of keys) {
    if (!isDirective(text.trim()) && partProblem(text, custom, path) === undefined) continue;
    const fix = 'write the name itself: directives are for values only';
    yield { path, finding: { found: foundName(text), accepted: 'a name without a directive in it', fix } };
  }
});

/** The strings of a config that are no name of a resource, and those that are, with the type that they must have. */
function strings(index: IndexedConfig): { readonly values: TextAt[]; readonly names: (TextAt & Wanted)[] } {
  const { custom } = scopeOf(index);
  const values: TextAt[] = [];
  const names: (TextAt & Wanted)[] = [];
  for (const string of index.strings(...Object.keys(SECTIONS))) {
    const wanted = wantedType(string.path);
    if (wanted === undefined || partProblem(string.text, custom, string.path) !== undefined) values.push(string);
    else names.push({ ...string, wanted });
  }
  return { values, names };
}

interface Wanted {
  readonly wanted: ResourceType;
}

/** The type of the resource that a property names. */
function wantedType(path: Path): ResourceType | undefined {
  const [section] = path;
  const property = path.at(-1);
  const isOurs =
    ['resources', 'notifications', 'alarms'].includes(String(section)) && !path.some((key) => FREE.has(key));
  return isOurs && typeof property === 'string' && Object.hasOwn(NAMED, property) ? NAMED[property] : undefined;
}

const resolvable = rule('invalid-directive', strings, function* ({ values }, index) {
  const scope = scopeOf(index);
  for (const { text, path } of values) {
    const [section = ''] = path;
    const part = partProblem(text, scope.custom, path);
    const finding = part ?? (isDirective(text) ? directiveProblem(text, scope, path) : undefined);
    if (finding !== undefined) yield { path, finding };
    else if (isDirective(text) && !isResolved(section, path)) {
      const accepted = 'a value that is known before any resource exists';
      yield { path, finding: { found: foundValue(text), accepted, fix: known(text, 'write the value itself') } };
    } else {
      const [first] = namesOne(path) ? formatDirectives(text) : [];
      if (first === undefined) continue;
      const accepted = 'the ARN or name of one resource';
      // An existing resource is not one of the stack, so that no directive says it.
      const fix = path.includes('existing') ? 'write it whole, as it is in AWS' : wholeArnFix(first, path, index);
      yield { path, finding: { found: foundValue(text), accepted, fix: known(text, fix) } };
    }
  }
});

/** The fix for a value that must be known, unless the account makes it unknown. */
function known(text: string, fix: string): string {
  return text.includes(ACCOUNT_ID) ? KNOWN_ACCOUNT : fix;
}

/** What is read here decides what is created, so that text with a part that only the deployed stack has says too little. */
function namesOne(path: Path): boolean {
  if (path.some((key) => FREE.has(key)) || path[0] !== 'resources') return false;
  return path.includes('events') || path.includes('existing') || /Arns?$/.test(String(path.at(-1)));
}

function isResolved(section: string | number, path: Path): boolean {
  const { resolved } = SECTIONS[section] ?? {};
  return resolved === true || (resolved !== undefined && resolved === path.at(-1));
}

const namesExist = rule('unknown-name', strings, function* ({ names }, index) {
  const { types } = scopeOf(index);
  for (const { text: name, path, wanted } of names) {
    const type = types.get(name);
    if (type === wanted) continue;
    const all = [...types].filter(([, candidate]) => candidate === wanted).map(([candidate]) => candidate);
    // No resource refers to itself: a job that is started by its own end is an error too.
    const fitting = all.filter((candidate) => path[0] !== 'resources' || path[1] !== candidate);
    const accepted =
      fitting.length === 0
        ? `the name of ${withArticle(wanted)}; the config has ${all.length === 0 ? 'none' : 'no other'}`
        : `the name of ${withArticle(wanted)}: ${fitting.join(', ')}`;
    const meant = reference(name, fitting);
    const missing =
      type === undefined
        ? `add a resource "${name}" of type ${wanted}`
        : renamed({ wanted, hasOthers: fitting.length > 0 });
    const fix = meant === undefined ? missing : `did you mean "${meant}"?`;
    const found = type === undefined ? foundValue(name) : foundValue(name, `, which is ${withArticle(type)}`);
    yield { path, finding: { found, accepted, fix } };
  }
});

/** The fix for a name that a resource of another type has already. */
function renamed({ wanted, hasOthers }: { readonly wanted: string; readonly hasOthers: boolean }): string {
  const add = `add a resource of type ${wanted} with another name`;
  return hasOthers ? `use one of these names, or ${add}` : `${add}, and use that name`;
}

/** Names of resources, and directives. */
export const REFERENCE_RULES = [plainKeys, resolvable, namesExist];
