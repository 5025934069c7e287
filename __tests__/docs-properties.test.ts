import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMPANIONS } from '../modules/resources/registry';
import { variableName } from '../modules/rules/variable-name';

const ROOT = join(__dirname, '..');

/** What the pages are checked for of a node of the published schema. */
interface Node {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: { readonly [name: string]: Node };
  readonly items?: Node;
  readonly additionalProperties?: Node | boolean;
  readonly oneOf?: readonly Node[];
  readonly anyOf?: readonly Node[];
}

interface Property {
  readonly path: string;
  readonly node: Node;
  readonly required: boolean;
}

const schema: Node = JSON.parse(readFileSync(join(ROOT, 'batch-jobs.schema.json'), 'utf8'));
const RESOURCES = branches(child(schema, 'resources').additionalProperties as Node);
const JOB = ofType(RESOURCES, 'batch-job');
const EVENTS = branches(child(child(JOB, 'properties'), 'events').items ?? {});

/** Each page with a list of properties, and what the list is about. */
const LISTS: [page: string, node: Node][] = [
  ...EVENTS.map((event): [string, Node] => [`docs/events/${typeOf(event)}.md`, child(event, 'properties')]),
  ...RESOURCES.filter((resource) => resource !== JOB).map((resource): [string, Node] => [
    `docs/configure/resources/${typeOf(resource)}.md`,
    companion(resource),
  ]),
  ['docs/operate/alarms.md', child(child(ofType(RESOURCES, 'function'), 'properties'), 'alarms').items ?? {}],
];

/** Lists whose properties are on other pages. */
const ELSEWHERE = /\b(events|alarms)\[\]/;

/** The properties of a resource as its page lists them: those of a new one by their names, those of an existing one as `existing.<name>`. */
function companion({ properties: { properties = {}, existing } = {} }: Node): Node {
  return { ...properties, properties: { ...properties.properties, ...(existing && { existing }) } };
}

function child(node: Node, name: string): Node {
  const found = node.properties?.[name];
  if (found === undefined) throw new Error(`the schema has no ${name} here`);
  return found;
}

function branches(node: Node): readonly Node[] {
  return node.oneOf ?? node.anyOf ?? [];
}

function typeOf(node: Node): string {
  return String(child(node, 'type').const);
}

function ofType(nodes: readonly Node[], type: string): Node {
  const found = nodes.find((node) => typeOf(node) === type);
  if (found === undefined) throw new Error(`the schema has no ${type}`);
  return found;
}

/** The properties that contain a value. Objects count by their properties. What is `{}` in the schema, such as an event, has its own page. */
function leaves(node: Node, path: string): Property[] {
  const named = Object.entries(node.properties ?? {}).flatMap(([name, property]) => {
    const at = path === '' ? name : `${path}.${name}`;
    const within = leaves(property, at);
    const required = node.required?.includes(name) ?? false;
    return within.length > 0 ? within : [{ path: at, node: property, required }];
  });
  if (named.length > 0) return named.filter(({ node: { const: constant } }) => constant === undefined);
  const objects = branches(node).filter(({ type }) => type === 'object');
  if (objects.length > 1 || (objects.length === 1 && branches(node).every(({ type }) => type !== 'array'))) {
    return objects.flatMap((branch) => leaves(branch, path));
  }
  return node.items?.properties === undefined ? [] : leaves(node.items, `${path}[]`);
}

/** What the page says of a property: from its name to the next entry of the list or the end of the paragraph. */
function entries(page: string, path: string): string[] {
  const lines = page.split('\n');
  return lines.flatMap((line, index) => {
    if (!line.startsWith(`- **\`${path}\`**`)) return [];
    const end = lines.findIndex((next, at) => at > index && !next.startsWith('  '));
    return [lines.slice(index, end).join(' ').replace(/\s+/g, ' ')];
  });
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}

/** What a page lacks on a property, compared with the schema. */
function lacks(page: string, { path, node, required }: Property): string[] {
  // What EventBridge defines is named in one sentence.
  if (path.startsWith('eventPattern.')) {
    return page.includes(`\`${path.split('.')[1]}\``) ? [] : [`${path} is missing`];
  }
  const found = entries(page, path);
  if (found.length === 0) return [`${path} is missing`];
  const { minimum = 0, maximum, default: value, description = '' } = node;
  const range = maximum !== undefined && maximum < 1e9 ? [`${number(minimum)} to ${number(maximum)}`] : [];
  const standard =
    typeof value === 'number' || typeof value === 'boolean' || (typeof value === 'string' && value !== '')
      ? [`Default: ${typeof value === 'number' ? number(value) : value}`]
      : /Default: /.test(description)
        ? ['Default: ']
        : [];
  const wanted = [...range, ...standard, ...(required ? ['required'] : [])];
  // A port is a name more than a number.
  const texts = found.map((text) => text.replace('Default: `', 'Default: ').replace('Default: 6379', 'Default: 6,379'));
  const missing = wanted.filter((words) => !texts.some((text) => text.includes(words)));
  const superfluous = !required && texts.every((text) => /^[^:]*required/.test(text)) ? ['not "required"'] : [];
  return [...missing, ...superfluous].map((words) => `${path}: ${words}`);
}

test.each(LISTS)('%s lists each property with its range and its default, as the schema has them', (file, node) => {
  const page = readFileSync(join(ROOT, file), 'utf8');
  const parts = leaves(node, '').filter(({ path }) => !ELSEWHERE.test(path));
  expect(parts.flatMap((property) => lacks(page, property))).toEqual([]);
});

test.each(LISTS)('%s lists no property that the schema does not have', (file, node) => {
  const page = readFileSync(join(ROOT, file), 'utf8');
  const listed = [...page.matchAll(/^- \*\*`([\w.[\]]+)`\*\* \(/gm)].map(([, path = '']) => path);
  const known = leaves(node, '').map(({ path }) => path);
  const isKnown = (path: string) =>
    known.some((one) => one === path || one.startsWith(`${path}.`) || one.startsWith(`${path}[]`)) ||
    path.endsWith('.type');
  expect(listed.filter((path) => !isKnown(path))).toEqual([]);
});

/** Companions whose parameters others can use: load balancers and HTTP APIs can't be connected to, and `existing` has parameters of the config. */
const WITH_PARAMS = COMPANIONS.map(({ type, params }): [string, readonly string[]] => [type, params]);

test.each(WITH_PARAMS)(
  'the page of %s lists its parameters, and the variables that connecting gives',
  (type, params) => {
    const page = readFileSync(join(ROOT, `docs/configure/resources/${type}.md`), 'utf8');
    const [, section = ''] = page.split('## Parameters\n');
    const [listed = ''] = section.split('\n## ');
    expect(params.filter((param) => !listed.includes(`'${param}')`) && !listed.includes(`\`${param}\``))).toEqual([]);
    const named = [...listed.matchAll(/\$ResourceParam\('\w+', '(\w+)'\)/g)].map(([, param = '']) => param);
    expect(named.filter((param) => !(params as readonly string[]).includes(param))).toEqual([]);
    if (!page.includes('With `connectTo`')) return;
    const variables = params.map((param) => variableName('x', param).replace('STP_X', 'STP_<NAME>'));
    expect(variables.filter((variable) => !page.includes(`\`${variable}\``))).toEqual([]);
  },
);
