import { type CheckContext, refuse } from '../../modules/config/checked';
import { formatPath } from '../../modules/problems/problem';
import { httpPathProblem, pathShape, pathVariables, routeKey } from './http-path';
import { DEFAULT_PAYLOAD_FORMAT } from './schema';

/** A route in a config. */
interface DeclaredRoute {
  readonly gateway: string;
  /** Name of the job or function that the route invokes. */
  readonly owner: string;
  readonly ownerType: unknown;
  readonly method: string;
  readonly path: string;
  readonly payloadFormat: string;
  /** Path of the event's properties in the config. */
  readonly place: (string | number)[];
}

/**
 * Refuses routes of one gateway that API Gateway would not accept together: equal ones, and different names for a variable at the same
 * place of their paths. Also refuses different payload formats for one job on one gateway, since its routes share an integration.
 */
export function checkHttpRoutes(resources: unknown, context: CheckContext): void {
  const routes = declaredRoutes(resources);
  const keys = new Map<string, DeclaredRoute>();
  const variables = new Map<string, { readonly name: string; readonly route: DeclaredRoute }>();
  const formats = new Map<string, DeclaredRoute>();
  for (const route of routes) {
    const duplicate = remember(keys, [route.gateway, route.method, pathShape(route.path)], route);
    if (duplicate === undefined) refuseRenamedVariables(route, variables, context);
    else refuseDuplicate(route, duplicate, context);
    const other = remember(formats, [route.gateway, route.owner], route);
    if (other !== undefined && other.payloadFormat !== route.payloadFormat) refuseFormat(route, other, context);
  }
}

/** Returns the value that is stored under a key. If there is none, stores the given value. */
function remember<Value>(known: Map<string, Value>, parts: readonly string[], value: Value): Value | undefined {
  const key = JSON.stringify(parts);
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, value);
  return earlier;
}

function refuseDuplicate(route: DeclaredRoute, duplicate: DeclaredRoute, context: CheckContext): void {
  // The check of a job's events refuses two with the same selection.
  if (duplicate.owner === route.owner && duplicate.path === route.path && route.ownerType === 'batch-job') return;
  const key = routeKey(route.method, route.path);
  const duplicateKey = routeKey(duplicate.method, duplicate.path);
  const same = key === duplicateKey ? key : `${key}, which matches what ${duplicateKey} matches`;
  const found = `${same}, which is also the route of ${formatPath(duplicate.place)}`;
  const accepted = `a method and path that no other route of "${route.gateway}" has`;
  refuse(
    context,
    { code: 'conflict', found, accepted, fix: 'change the method or path of one of them, or remove it' },
    [...route.place, 'path'],
  );
}

/**
 * API Gateway refuses a second name with "conflicting variable on the same hierarchical level", regardless of method and remaining path:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-routes-path-variables
 */
function refuseRenamedVariables(
  route: DeclaredRoute,
  known: Map<string, { readonly name: string; readonly route: DeclaredRoute }>,
  context: CheckContext,
): void {
  for (const { name, greedy, level } of pathVariables(route.path)) {
    const earlier = remember(known, [route.gateway, level, greedy ? '+' : ''], { name, route });
    if (earlier === undefined || earlier.name === name) continue;
    const found = `{${name}${greedy ? '+' : ''}} in ${route.path}`;
    const other = `{${earlier.name}${greedy ? '+' : ''}}`;
    const accepted = `the name that the variable has in ${formatPath(earlier.route.place)}: ${other}`;
    refuse(
      context,
      {
        code: 'conflict',
        found,
        accepted,
        fix: `write ${other}: API Gateway accepts one variable name at each position of a path`,
      },
      [...route.place, 'path'],
    );
    return;
  }
}

function refuseFormat(route: DeclaredRoute, other: DeclaredRoute, context: CheckContext): void {
  const found = `${route.payloadFormat}, and ${other.payloadFormat} at ${formatPath(other.place)}`;
  const accepted = `one payload format for all routes of "${route.owner}" on "${route.gateway}", which share an integration`;
  refuse(
    context,
    { code: 'conflict', found, accepted, fix: 'use the same format for both, or set it on the gateway' },
    [...route.place, 'payloadFormat'],
  );
}

/** The routes with a well-formed gateway, method and path. Other checks report the rest. */
function declaredRoutes(resources: unknown): DeclaredRoute[] {
  return entries(resources).flatMap(([owner, resource]) => {
    const events = child(child(resource, 'properties'), 'events');
    if (!Array.isArray(events)) return [];
    return events.flatMap((event, index) => {
      const properties = child(event, 'properties');
      const [gateway, method, path] = ['httpApiGatewayName', 'method', 'path'].map((key) => child(properties, key));
      if (child(event, 'type') !== 'http-api-gateway' || typeof gateway !== 'string' || typeof method !== 'string')
        return [];
      if (typeof path !== 'string' || httpPathProblem(path) !== undefined) return [];
      const own =
        child(properties, 'payloadFormat') ?? child(child(child(resources, gateway), 'properties'), 'payloadFormat');
      const payloadFormat = typeof own === 'string' ? own : DEFAULT_PAYLOAD_FORMAT;
      const place = ['resources', owner, 'properties', 'events', index, 'properties'];
      return [{ gateway, owner, ownerType: child(resource, 'type'), method, path, payloadFormat, place }];
    });
  });
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function child(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as { [key: string]: unknown })[key];
}
