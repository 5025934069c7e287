import { formatPath } from '../../problems/problem';
import { objectOf } from '../indexed-config';
import { valueAt } from '../value-at';
import type { CreatedResource, EventVocabulary, Vocabulary } from '../vocabulary';
import {
  type AttributeShape,
  type AttributeShapes,
  attributeShapes,
  type TerraformAttributes,
} from './attribute-shapes';
import { capacityKinds } from './capacity-kinds';
import { isPlain } from './merged';
import {
  CAPACITY_RESOURCES,
  CONTAINER_PROPERTIES,
  classOf,
  INSTANCE_RESOURCES,
  JOB_RESOURCES,
} from './override-resources';

/** Attributes that every resource has, or that this project must set itself. */
const NOT_OFFERED: readonly string[] = [
  'id',
  'name',
  'type',
  'policy',
  'tags',
  'tags_all',
  'region',
  'arn',
  'source',
  'input',
  'rule',
];

/**
 * The `overrides` of a job, a companion or the stack that set a value for which a config has no property, or undefined if they cannot.
 * Searches the bindings of the resources that the job or its event, the companion, or the instances of jobs consist of.
 *
 * @param path path of the unknown property, or of one whose value only an override can have
 */
export function overrideFix(path: readonly PropertyKey[], root: unknown, vocabulary: Vocabulary): string | undefined {
  const rest = inJob(path, root);
  if (rest === undefined) return fixOf(path, ofCompanion(path, root, vocabulary)) ?? fixOf([], ofCompute(path, root));
  return fixOf(path, ofEvent(path, rest, root, vocabulary) ?? ofContainer(path, rest, root) ?? ofJob(path, rest, root));
}

/** The part of a path below the properties of a job. */
function inJob(path: readonly PropertyKey[], root: unknown): readonly PropertyKey[] | undefined {
  const [resources, , properties, ...rest] = path;
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  return (valueAt(root, path.slice(0, 2)) as { type?: unknown } | undefined)?.type === 'batch-job' ? rest : undefined;
}

function fixOf(path: readonly PropertyKey[], overrides: Found | undefined): string | undefined {
  return overrides === undefined ? undefined : overridesFix(path, overrides);
}

/** To set attributes by `overrides` of the resource that has the path, or of the stack for a path without keys. */
export function overridesFix(path: readonly PropertyKey[], overrides: Found): string {
  const place =
    path.length === 0
      ? 'at the top of the config by overrides'
      : `by ${formatPath(['resources', String(path[1]), 'overrides'])}`;
  return `remove it, and set it ${place}: ${oneLine(overrides)}`;
}

/** JSON on one line, with spaces, at which a report can wrap it. It is YAML too. */
function oneLine(value: unknown): string {
  return JSON.stringify(value, undefined, 1).replace(/\n */g, ' ');
}

type Found = { readonly [name: string]: TerraformAttributes };

interface WrittenEvent {
  readonly type: string;
  readonly properties: unknown;
  /** Prefix of the names of its resources. */
  readonly prefix: string;
}

/** The event that contains a property. */
function eventAt(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): WrittenEvent | undefined {
  const [events, index] = rest;
  if (events !== 'events' || typeof index !== 'number' || rest.length > 4) return undefined;
  const { type, properties } = (valueAt(root, path.slice(0, 5)) ?? {}) as { type?: unknown; properties?: unknown };
  return { type: String(type), properties, prefix: `Event${index + 1}` };
}

function ofEvent(
  path: readonly PropertyKey[],
  rest: readonly PropertyKey[],
  root: unknown,
  events: EventVocabulary,
): Found | undefined {
  const event = eventAt(path, rest, root);
  for (const [name, module] of event === undefined ? [] : events.creates(event.type)) {
    const attributes = attributeOf(String(path.at(-1)), valueAt(root, path), module);
    if (attributes !== undefined) return { [`${event?.prefix}${name}`]: attributes };
  }
  return undefined;
}

function ofContainer(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): Found | undefined {
  const key = String(path.at(-1));
  if (!CONTAINER_PROPERTIES.includes(key) || (rest.length > 1 && rest[0] !== 'container' && rest[0] !== 'resources')) {
    return undefined;
  }
  return { JobDefinition: { container_properties: { [key]: valueAt(root, path) } } };
}

function ofJob(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): Found | undefined {
  if (rest.length !== 1) return undefined;
  for (const [name, module] of JOB_RESOURCES) {
    const attributes = attributeOf(String(rest[0]), valueAt(root, path), module);
    if (attributes !== undefined) return { [name]: attributes };
  }
  return undefined;
}

/** Properties of a database's engine, which are attributes of the database in Terraform. */
const OF_ENGINE: readonly string[] = ['engine', 'properties'];

function ofCompanion(path: readonly PropertyKey[], root: unknown, { companionCreates }: Vocabulary): Found | undefined {
  const [resources, name, properties, ...rest] = path;
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  const inEngine = rest.length === 3 && OF_ENGINE.every((key, index) => rest[index] === key);
  if (rest.length !== 1 && !inEngine) return undefined;
  const { type, existing } = objectOf(valueAt(root, [resources, String(name)]));
  if (existing !== undefined || typeof type !== 'string') return undefined;
  return ofResources(companionCreates(type), path, root);
}

function ofCompute(path: readonly PropertyKey[], root: unknown): Found | undefined {
  if (path.length !== 2 || path[0] !== 'compute') return undefined;
  const ofInstances = ofResources(INSTANCE_RESOURCES, path, root);
  if (ofInstances !== undefined) return ofInstances;
  const kinds = capacityKinds(root);
  for (const [end, module] of kinds.length === 0 ? [] : CAPACITY_RESOURCES) {
    const found = ofResources([[end, module]], path, root);
    if (found !== undefined) return Object.fromEntries(kinds.map((kind) => [`${kind}-${end}`, { ...found[end] }]));
  }
  return undefined;
}

/** The attribute of the first of several resources that has it. One in a block must have a name of several words: others mean too much. */
function ofResources(
  resources: readonly CreatedResource[],
  path: readonly PropertyKey[],
  root: unknown,
): Found | undefined {
  const key = String(path.at(-1));
  for (const [name, module] of resources) {
    if (CONFLICTING[module]?.includes(snakeCase(key))) continue;
    const attributes = attributeOf(key, valueAt(root, path), module);
    const [attribute = ''] = Object.keys(attributes ?? {});
    if (attributes !== undefined && (attribute === snakeCase(key) || snakeCase(key).includes('_')))
      return { [name]: attributes };
  }
  return undefined;
}

/** Attributes that contradict another resource of this project, by module. */
const CONFLICTING: { readonly [module: string]: readonly string[] } = {
  's3-bucket': ['acl', 'grant', 'lifecycle_rule', 'server_side_encryption_configuration', 'versioning'],
};

/** The attribute of a resource that a property names, with its value in Terraform's form. Undefined if Terraform refuses such a value. */
function attributeOf(key: string, value: unknown, module: string): TerraformAttributes | undefined {
  const attribute = snakeCase(key);
  if (NOT_OFFERED.includes(attribute)) return undefined;
  const shapes = attributeShapes(classOf(module).prototype);
  const direct = shapes.get(attribute);
  if (direct !== undefined) return fits(value, direct) ? { [attribute]: terraformValue(value, direct) } : undefined;
  const block = [...shapes].find(([, { attributes }]) => attributes?.has(attribute));
  const shape = block?.[1].attributes?.get(attribute);
  return block === undefined || shape === undefined || !fits(value, shape)
    ? undefined
    : { [block[0]]: { [attribute]: terraformValue(value, shape) } };
}

/** Whether a value can be an attribute: a block is an object or a list, and a number or boolean is none. */
function fits(value: unknown, { kind, attributes }: AttributeShape): boolean {
  const isObject = typeof value === 'object' && value !== null;
  if (attributes !== undefined) return isObject;
  return !(isObject && (kind === 'number' || kind === 'boolean'));
}

function terraformValue(value: unknown, { attributes }: AttributeShape): unknown {
  if (attributes === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => blockValue(item, attributes));
  return blockValue(value, attributes);
}

function blockValue(value: unknown, attributes: AttributeShapes): unknown {
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => {
    const shape = attributes.get(snakeCase(key));
    return shape === undefined ? [key, item] : [snakeCase(key), terraformValue(item, shape)];
  });
  return Object.fromEntries(entries);
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
