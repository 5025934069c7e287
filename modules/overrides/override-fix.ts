import { formatPath } from '../config/problem';
import { valueAtPath } from '../config/referred-resource';
import { type AttributeShape, type AttributeShapes, attributeShapes } from './attribute-shapes';
import { isPlain } from './merged';
import { CONTAINER_PROPERTIES, classOf, eventResources, JOB_RESOURCES } from './override-resources';

/** Attributes that every resource has, or that this project sets for reasons of its own. */
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
 * How `overrides` of a job set what a config has no property for, or undefined where they cannot: the resource and the attribute are found in
 * the bindings of what the job or its event makes.
 *
 * @param path way to the unknown property, or to one whose value only an override takes
 */
export function overrideFix(path: readonly PropertyKey[], root: unknown): string | undefined {
  const [resources, job, properties, ...rest] = path;
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  if ((valueAtPath(root, path.slice(0, 2)) as { type?: unknown } | undefined)?.type !== 'batch-job') return undefined;
  const overrides = ofEvent(path, rest, root) ?? ofContainer(path, rest, root) ?? ofJob(path, rest, root);
  if (overrides === undefined) return undefined;
  return `remove it, and set it by ${formatPath(['resources', String(job), 'overrides'])}: ${JSON.stringify(overrides)}`;
}

type Found = { readonly [name: string]: object };

function ofEvent(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): Found | undefined {
  const [events, index] = rest;
  if (events !== 'events' || typeof index !== 'number' || rest.length > 4) return undefined;
  const event = valueAtPath(root, path.slice(0, 5)) as { type?: unknown; properties?: unknown } | undefined;
  const key = String(path.at(-1));
  const written = valueAtPath(root, path);
  for (const [name, module] of eventResources(String(event?.type))) {
    const attributes = special(key, written, event?.properties, name) ?? attributeOf(key, written, module);
    if (attributes !== undefined) return { [`Event${index + 1}${name}`]: attributes };
  }
  return undefined;
}

/** What Lambda's API and other tools write in another form than Terraform. */
function special(key: string, value: unknown, properties: unknown, resource: string): object | undefined {
  if (resource !== 'Mapping') return undefined;
  if (/^filter(s|Criteria|Patterns?)?$/.test(key)) return { filter_criteria: { filter: patterns(value) } };
  if (/^max(imum)?Concurrency$/.test(key)) return { scaling_config: { maximum_concurrency: value } };
  if (key !== 'startingPosition' && key !== 'startingPositionTimestamp') return undefined;
  const { startingPositionTimestamp } = isPlain(properties) ? properties : {};
  return {
    starting_position: 'AT_TIMESTAMP',
    starting_position_timestamp: startingPositionTimestamp ?? '2026-01-31T00:00:00Z',
  };
}

/** A list of filters in any of the forms that people write: patterns, or objects or texts with one. */
function patterns(value: unknown): { readonly pattern: unknown }[] {
  if (isPlain(value)) {
    const { filters, filter, Filters, pattern, Pattern } = value;
    const inner = filters ?? filter ?? Filters;
    if (inner !== undefined) return patterns(inner);
    return [{ pattern: pattern ?? Pattern ?? value }];
  }
  return Array.isArray(value) ? value.flatMap(patterns) : [{ pattern: value }];
}

function ofContainer(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): Found | undefined {
  const key = String(path.at(-1));
  if (!CONTAINER_PROPERTIES.includes(key) || (rest.length > 1 && rest[0] !== 'container' && rest[0] !== 'resources')) {
    return undefined;
  }
  return { JobDefinition: { container_properties: { [key]: valueAtPath(root, path) } } };
}

function ofJob(path: readonly PropertyKey[], rest: readonly PropertyKey[], root: unknown): Found | undefined {
  if (rest.length !== 1) return undefined;
  for (const [name, module] of JOB_RESOURCES) {
    const attributes = attributeOf(String(rest[0]), valueAtPath(root, path), module);
    if (attributes !== undefined) return { [name]: attributes };
  }
  return undefined;
}

/** The attribute of a resource that a property names, with its value in Terraform's form. */
function attributeOf(key: string, value: unknown, module: string): object | undefined {
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
