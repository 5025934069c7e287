import { type CheckContext, refuse } from '../config/checked';
import { isDirective } from '../config/directive';
import { type DirectiveScope, directiveProblem, partProblem } from '../config/directive-registry';
import { withArticle } from '../config/type-name';
import { formatFound } from '../problems/problem';
import { reference } from '../problems/suggestion';
import { NAMED, type ResourceType, referableOf } from '../resources/referables';

type Path = (string | number)[];

/** Properties with content of the user, in which names are not references: outside of them, a property of {@link NAMED} has no other meaning. */
export const FREE: ReadonlySet<string | number> = new Set([
  'Condition',
  'environment',
  'eventPattern',
  'filterPolicy',
  'input',
  'inputTransformer',
  'overrides',
  'parameters',
  'tags',
]);

/** Sections of a config that accept any string, and whether directives in them are resolved. Other sections have a fixed form. */
const SECTIONS: { readonly [section: string]: { readonly resolved: boolean } } = {
  resources: { resolved: true },
  cloudformationResources: { resolved: true },
  vpc: { resolved: true },
  notifications: { resolved: true },
  alarms: { resolved: true },
  // Terraform needs these values before it creates resources.
  backend: { resolved: false },
  tags: { resolved: false },
};

/** A config in which other checks might have found problems. */
type Config = {
  readonly [section in
    | 'resources'
    | 'cloudformationResources'
    | 'vpc'
    | 'notifications'
    | 'alarms'
    | 'backend'
    | 'tags'
    | 'directives']?: unknown;
};

/** Refuses names of resources that don't exist or have another type, and directives that can't be resolved. */
export function checkReferences(config: Config, context: CheckContext): void {
  const scope: DirectiveScope = {
    types: typesIn(config.resources, 'type'),
    cloudFormationTypes: typesIn(config.cloudformationResources, 'Type'),
    custom: customNames(config.directives),
    paramsOf: (type) => referableOf(type)?.params ?? [],
  };
  const refuseName = (name: string, path: Path) => {
    if (!isDirective(name.trim()) && partProblem(name, scope.custom, path) === undefined) return;
    const fix = 'write the name itself: directives are for values only';
    const found = formatFound(name);
    refuse(context, { code: 'invalid-directive', found, accepted: 'a name without a directive in it', fix }, path);
  };
  const sections = Object.keys(SECTIONS).map((section) => [section, config[section as keyof Config]]);
  const check = (value: string, path: Path) => {
    const property = path.at(-1);
    const isName = typeof property === 'string' && isOurs(path) && Object.hasOwn(NAMED, property);
    const wanted = isName ? NAMED[property] : undefined;
    const part = partProblem(value, scope.custom, path);
    if (part !== undefined) refuse(context, { code: 'invalid-directive', ...part }, path);
    else if (wanted !== undefined) checkName(value, wanted, scope.types, context, path);
    else if (isDirective(value)) checkDirective(value, scope, context, path);
  };
  walk(Object.fromEntries(sections), [], check, refuseName);
}

function isOurs(path: Path): boolean {
  const [section] = path;
  return ['resources', 'notifications', 'alarms'].includes(String(section)) && !path.some((key) => FREE.has(key));
}

function checkName(
  name: string,
  wanted: ResourceType,
  types: DirectiveScope['types'],
  context: CheckContext,
  path: Path,
): void {
  const found = types.get(name);
  if (found === wanted) return;
  const fitting = [...types].filter(([, type]) => type === wanted).map(([candidate]) => candidate);
  const accepted =
    fitting.length === 0
      ? `the name of ${withArticle(wanted)}; the config has none`
      : `the name of ${withArticle(wanted)}: ${fitting.join(', ')}`;
  const meant = reference(name, fitting);
  const fix = meant === undefined ? `add a resource "${name}" of type ${wanted}` : `did you mean "${meant}"?`;
  const what = found === undefined ? formatFound(name) : `${formatFound(name)}, which is ${withArticle(found)}`;
  refuse(context, { code: 'unknown-name', found: what, accepted, fix }, path);
}

function checkDirective(text: string, scope: DirectiveScope, context: CheckContext, path: Path): void {
  const [section = ''] = path;
  const problem = directiveProblem(text, scope, path);
  if (problem !== undefined) refuse(context, { code: 'invalid-directive', ...problem }, path);
  else if (!SECTIONS[section]?.resolved) {
    const accepted = 'a value that is known before any resource exists';
    const fix = 'write the value itself';
    refuse(context, { code: 'invalid-directive', found: formatFound(text), accepted, fix }, path);
  }
}

function typesIn(resources: unknown, key: 'type' | 'Type'): Map<string, string> {
  if (typeof resources !== 'object' || resources === null) return new Map();
  return new Map(
    Object.entries(resources).flatMap(([name, resource]) =>
      typeof resource?.[key] === 'string' ? [[name, resource[key]]] : [],
    ),
  );
}

function customNames(directives: unknown): string[] {
  if (!Array.isArray(directives)) return [];
  return directives.flatMap((directive) => (typeof directive?.name === 'string' ? [directive.name] : []));
}

type Visit = (text: string, path: Path) => void;

function walk(value: unknown, path: Path, visit: Visit, visitName: Visit): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], visit, visitName);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      visitName(key, [...path, key]);
      walk(item, [...path, key], visit, visitName);
    }
  }
}
