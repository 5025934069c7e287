import { type CheckContext, refuse } from '../config/checked';
import { companionsOfType, type DeclaredCompanion, eventsOfType } from '../config/declarations';
import { parseResourceParam } from '../config/directive';
import { RESOURCE_PARAMS, type ResourceType } from '../config/resource-params';
import { withArticle } from '../config/type-name';
import { formatFound } from '../problems/problem';

type Path = (string | number)[];
type Properties = { readonly [property: string]: unknown };

/** Whether a declared resource lacks a parameter of its type: the fix, or undefined if it has the parameter. */
type Absence = (properties: Properties, existing: Properties | undefined) => string | undefined;

/** The parameters that not every resource of a type has. */
const ABSENT: { readonly [Type in ResourceType]?: { readonly [param: string]: Absence } } = {
  'dynamo-db-table': {
    streamArn: ({ streamType }, existing) => {
      if (existing !== undefined) return existing.streamArn === undefined ? 'add streamArn to existing' : undefined;
      return streamType === undefined ? "add streamType: 'NEW_AND_OLD_IMAGES' to the table's properties" : undefined;
    },
  },
  'sqs-queue': {
    url: (_, existing) =>
      existing === undefined ? undefined : 'use arn or name: the URL of an existing queue is not known',
  },
  'application-load-balancer': {
    domain: (_, existing) =>
      existing === undefined ? undefined : 'write the name itself: the name of an existing load balancer is not known',
  },
  'relational-database': {
    dbName: (_, existing) => notTold('dbName', existing),
    userName: (_, existing) => notTold('userName', existing),
    password: (_, existing) => notTold('password', existing),
  },
  'redis-cluster': { password: (_, existing) => notTold('password', existing) },
  'batch-job': {
    logGroupArn: ({ logging }) =>
      (logging as { disabled?: unknown } | null | undefined)?.disabled === true
        ? 'remove logging.disabled from the job: without logs it has no log group'
        : undefined,
  },
};

function notTold(property: string, existing: Properties | undefined): string | undefined {
  return existing !== undefined && existing[property] === undefined ? `add ${property} to existing` : undefined;
}

/** Whether a declared resource has a parameter of its type. */
export function hasParam(
  type: ResourceType,
  param: string,
  { properties, existing }: Pick<DeclaredCompanion, 'properties' | 'existing'>,
): boolean {
  return ABSENT[type]?.[param]?.(properties, existing) === undefined;
}

/** The resource type and parameter that each ARN property of an event source expects. */
const SOURCES: { readonly [event: string]: { readonly [property: string]: [ResourceType, string] } } = {
  sqs: { sqsQueueArn: ['sqs-queue', 'arn'] },
  sns: { snsTopicArn: ['sns-topic', 'arn'] },
  'kinesis-stream': { streamArn: ['kinesis-stream', 'arn'] },
  'dynamo-db-stream': { streamArn: ['dynamo-db-table', 'streamArn'] },
};

/**
 * Refuses directives with a parameter that the declared resource doesn't have, and directives in an event source's ARN that refer to
 * something else than that source.
 */
export function checkDirectives(resources: unknown, context: CheckContext): void {
  const declared = (Object.keys(RESOURCE_PARAMS) as ResourceType[]).flatMap((type) =>
    [...companionsOfType(resources, type)].map(([name, companion]) => [name, { type, ...companion }] as const),
  );
  const byName = new Map(declared);
  walk(resources, ['resources'], (text, path) => {
    const directive = parseResourceParam(text);
    const resource = directive === undefined ? undefined : byName.get(directive.resource);
    if (directive === undefined || resource === undefined) return;
    const fix = ABSENT[resource.type]?.[directive.param]?.(resource.properties, resource.existing);
    if (fix === undefined) return;
    const accepted = `a parameter that "${directive.resource}" has`;
    refuse(
      context,
      { code: 'invalid-directive', found: `${formatFound(text)}, which does not exist`, accepted, fix },
      path,
    );
  });
  for (const [event, properties] of Object.entries(SOURCES)) {
    for (const placed of eventsOfType(resources, event)) {
      for (const [property, [type, param]] of Object.entries(properties)) {
        const given = placed.properties[property];
        const directive = typeof given === 'string' ? parseResourceParam(given) : undefined;
        const resource = directive === undefined ? undefined : byName.get(directive.resource);
        if (directive === undefined || resource === undefined) continue;
        if (resource.type === type && directive.param === param) continue;
        const name = resource.type === type ? directive.resource : `<name of ${withArticle(type)}>`;
        const fix = `write $ResourceParam('${name}', '${param}')`;
        const found = `${formatFound(given)} of ${withArticle(resource.type)}`;
        refuse(context, { code: 'invalid-directive', found, accepted: `the ${param} of ${withArticle(type)}`, fix }, [
          ...placed.path,
          property,
        ]);
      }
    }
  }
}

/** Visits every string in a value, with its path. */
export function walk(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}
