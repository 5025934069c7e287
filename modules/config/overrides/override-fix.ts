import { formatPath } from '../../problems/problem';
import type { EventVocabulary } from '../event-vocabulary';
import { valueAt } from '../value-at';
import {
  type AttributeShape,
  type AttributeShapes,
  attributeShapes,
  type TerraformAttributes,
} from './attribute-shapes';
import { isPlain } from './merged';
import { CONTAINER_PROPERTIES, classOf, JOB_RESOURCES } from './override-resources';

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
 * The `overrides` of a job that set a value for which a config has no property, or undefined if they cannot. Searches the bindings of the
 * resources that the job or its event creates.
 *
 * @param path path of the unknown property, or of one whose value only an override can have
 */
export function overrideFix(path: readonly PropertyKey[], root: unknown, events: EventVocabulary): string | undefined {
  const rest = inJob(path, root);
  if (rest === undefined) return undefined;
  return fixOf(
    path,
    ofOtherForm(path, rest, root, events) ??
      ofEvent(path, rest, root, events) ??
      ofContainer(path, rest, root) ??
      ofJob(path, rest, root),
  );
}

/** The same for properties of events that Terraform writes in a different form, whose names other properties of a config can have too. */
export function otherFormFix(path: readonly PropertyKey[], root: unknown, events: EventVocabulary): string | undefined {
  const rest = inJob(path, root);
  return rest && fixOf(path, ofOtherForm(path, rest, root, events));
}

/** The part of a path below the properties of a job. */
function inJob(path: readonly PropertyKey[], root: unknown): readonly PropertyKey[] | undefined {
  const [resources, , properties, ...rest] = path;
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  return (valueAt(root, path.slice(0, 2)) as { type?: unknown } | undefined)?.type === 'batch-job' ? rest : undefined;
}

function fixOf(path: readonly PropertyKey[], overrides: Found | undefined): string | undefined {
  if (overrides === undefined) return undefined;
  return `remove it, and set it by ${formatPath(['resources', String(path[1]), 'overrides'])}: ${JSON.stringify(overrides)}`;
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

function ofOtherForm(
  path: readonly PropertyKey[],
  rest: readonly PropertyKey[],
  root: unknown,
  events: EventVocabulary,
): Found | undefined {
  const event = eventAt(path, rest, root);
  if (event === undefined) return undefined;
  const [created] = events.creates(event.type);
  const attributes = events.override(event.type, String(path.at(-1)), valueAt(root, path), event.properties);
  return created && attributes && { [`${event.prefix}${created[0]}`]: attributes };
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

/** The attribute of a resource that a property names, with its value in Terraform's form. */
function attributeOf(key: string, value: unknown, module: string): TerraformAttributes | undefined {
  const attribute = snakeCase(key);
  if (NOT_OFFERED.includes(attribute)) return undefined;
  const shapes = attributeShapes(classOf(module).prototype);
  const direct = shapes.get(attribute);
  if (direct !== undefined) return { [attribute]: terraformValue(value, direct) };
  const block = [...shapes].find(([, { attributes }]) => attributes?.has(attribute));
  const shape = block?.[1].attributes?.get(attribute);
  return block === undefined || shape === undefined
    ? undefined
    : { [block[0]]: { [attribute]: terraformValue(value, shape) } };
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
