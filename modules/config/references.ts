import { type CheckContext, refuse } from './checked';
import { isDirective, parseResourceParam } from './directive';
import { formatFound } from './problem';
import { RESOURCE_PARAMS, type ResourceType } from './resource-params';
import { suggestion } from './suggestion';

type Path = (string | number)[];

/** Properties that hold the name of a resource, by the name of the property: no property of this name means anything else. */
const NAMED: { readonly [property: string]: ResourceType } = {
  httpApiGatewayName: 'http-api-gateway',
  userPoolName: 'user-auth-pool',
  functionName: 'function',
  loadBalancerName: 'application-load-balancer',
  eventBusName: 'event-bus',
  snsTopicName: 'sns-topic',
  sqsQueueName: 'sqs-queue',
  kinesisStreamName: 'kinesis-stream',
};

/** Refuses names of resources that the config does not have or that are of another type, and directives that mean nothing. */
export function checkReferences(resources: unknown, context: CheckContext, base: Path = ['resources']): void {
  const types = resourceTypes(resources);
  walk(resources, base, (value, path) => {
    const property = path.at(-1);
    const wanted = typeof property === 'string' ? NAMED[property] : undefined;
    if (wanted !== undefined) checkName(value, wanted, types, context, path);
    else if (isDirective(value)) checkDirective(value, types, context, path);
  });
}

function checkName(
  name: string,
  wanted: ResourceType,
  types: Map<string, string>,
  context: CheckContext,
  path: Path,
): void {
  const found = types.get(name);
  if (found === wanted) return;
  const fitting = [...types].filter(([, type]) => type === wanted).map(([candidate]) => candidate);
  const accepted =
    fitting.length === 0
      ? `the name of a ${wanted}; the config has none`
      : `the name of a ${wanted}: ${fitting.join(', ')}`;
  const meant = suggestion(name, fitting);
  const fix = meant === undefined ? `add a resource "${name}" of type ${wanted}` : `did you mean "${meant}"?`;
  const what = found === undefined ? formatFound(name) : `${formatFound(name)}, which is a ${found}`;
  refuse(context, { found: what, accepted, fix }, path);
}

function checkDirective(text: string, types: Map<string, string>, context: CheckContext, path: Path): void {
  const accepted = "$ResourceParam('<resource>', '<param>')";
  const directive = parseResourceParam(text);
  if (directive === undefined) {
    const known = text.startsWith('$ResourceParam(');
    const fix = known
      ? 'write the two names in quotes'
      : `${text.slice(0, text.indexOf('('))} is not supported yet: write the value itself`;
    refuse(context, { found: formatFound(text), accepted, fix }, path);
    return;
  }
  const { resource, param } = directive;
  const type = types.get(resource);
  if (type === undefined) {
    const meant = suggestion(resource, [...types.keys()]);
    const fix = meant === undefined ? `add a resource "${resource}"` : `did you mean "${meant}"?`;
    refuse(
      context,
      { found: formatFound(text), accepted: `a resource of this config: ${[...types.keys()].join(', ')}`, fix },
      path,
    );
    return;
  }
  const params: readonly string[] = Object.hasOwn(RESOURCE_PARAMS, type) ? RESOURCE_PARAMS[type as ResourceType] : [];
  if (params.includes(param)) return;
  const meant = suggestion(param, params);
  const fix = meant === undefined ? `use one of ${params.join(', ')}` : `did you mean "${meant}"?`;
  refuse(context, { found: formatFound(text), accepted: `a parameter of a ${type}: ${params.join(', ')}`, fix }, path);
}

function resourceTypes(resources: unknown): Map<string, string> {
  if (typeof resources !== 'object' || resources === null) return new Map();
  return new Map(
    Object.entries(resources).flatMap(([name, resource]) =>
      typeof resource?.type === 'string' ? [[name, resource.type]] : [],
    ),
  );
}

function walk(value: unknown, path: Path, visit: (text: string, path: Path) => void): void {
  if (typeof value === 'string') visit(value, path);
  else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, [...path, index], visit);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) walk(item, [...path, key], visit);
  }
}
