import { type CheckContext, refuse } from '../config/checked';
import { companionsOfType, eventsOfType } from '../config/declarations';
import { parseResourceParam } from '../config/directive';
import { withArticle } from '../config/type-name';
import { formatFound } from '../problems/problem';
import { RESOURCE_TYPES, type ResourceType, referableOf } from '../resources/referables';

type Path = (string | number)[];
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
  const declared = RESOURCE_TYPES.flatMap((type) =>
    [...companionsOfType(resources, type)].map(([name, companion]) => [name, { type, ...companion }] as const),
  );
  const byName = new Map(declared);
  walk(resources, ['resources'], (text, path) => {
    const directive = parseResourceParam(text);
    const resource = directive === undefined ? undefined : byName.get(directive.resource);
    if (directive === undefined || resource === undefined) return;
    const fix = referableOf(resource.type)?.absent?.[directive.param]?.(resource.properties, resource.existing);
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
