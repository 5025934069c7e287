import { eventsOf, type IndexedConfig } from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import type { Path } from '../../modules/config/strings-in';
import { foundText } from '../../modules/problems/found';
import { formatPath, type LocatedFinding } from '../../modules/problems/problem';
import { DEFAULT_PAYLOAD_FORMAT } from '../../modules/rules/payload-format';
import { httpPathProblem, pathShape, pathVariables, routeKey, SAME_ROUTE_FIX } from './http-path';
import { httpApiGateway } from './schema';

/** A route in a config. */
interface DeclaredRoute {
  readonly gateway: string;
  /** Name of the job or function that the route invokes. */
  readonly owner: string;
  readonly method: string;
  readonly path: string;
  readonly payloadFormat: string;
  /** Path of the event's properties in the config. */
  readonly place: Path;
}

/** The routes with a well-formed gateway, method and path. Other checks report the rest. */
function declaredRoutes(index: IndexedConfig): DeclaredRoute[] {
  return eventsOf(httpApiGateway)(index).flatMap(({ owner, properties, path: place }) => {
    const { httpApiGatewayName: gateway, method, path } = properties;
    if (typeof gateway !== 'string' || typeof method !== 'string') return [];
    if (typeof path !== 'string' || httpPathProblem(path) !== undefined) return [];
    const own = properties.payloadFormat ?? index.resources.get(gateway)?.properties.payloadFormat;
    const payloadFormat = typeof own === 'string' ? own : DEFAULT_PAYLOAD_FORMAT;
    return [{ gateway, owner, method, path, payloadFormat, place }];
  });
}

/** API Gateway would not accept equal routes together, nor different names for a variable at the same place of their paths. */
const ownRoute = rule('conflict', declaredRoutes, function* (routes) {
  const keys = new Map<string, DeclaredRoute>();
  const variables = new Map<string, { readonly name: string; readonly route: DeclaredRoute }>();
  for (const route of routes) {
    const other = remember(keys, [route.gateway, route.method, pathShape(route.path)], route);
    yield* other === undefined ? renamedVariable(route, variables) : sameRoute(route, other);
  }
});

/** The routes of one owner on one gateway share an integration. */
const oneFormat = rule('conflict', declaredRoutes, function* (routes) {
  const formats = new Map<string, DeclaredRoute>();
  for (const route of routes) {
    const { gateway, owner, payloadFormat, place } = route;
    const other = remember(formats, [gateway, owner], route);
    if (other === undefined || other.payloadFormat === payloadFormat) continue;
    const found = `${payloadFormat}, and ${other.payloadFormat} at ${formatPath(other.place)}`;
    const accepted = `one payload format for all routes of "${owner}" on "${gateway}", which share an integration`;
    const fix = 'use the same format for both, or set it on the gateway';
    yield { path: [...place, 'payloadFormat'], finding: { found, accepted, fix } };
  }
});

/** Returns the value that is stored under a key. If there is none, stores the given value. */
function remember<Value>(known: Map<string, Value>, parts: readonly string[], value: Value): Value | undefined {
  const key = JSON.stringify(parts);
  const earlier = known.get(key);
  if (earlier === undefined) known.set(key, value);
  return earlier;
}

function* sameRoute(route: DeclaredRoute, other: DeclaredRoute): Generator<LocatedFinding> {
  // The check of the owner's events refuses two with the same selection.
  if (other.owner === route.owner && other.path === route.path) return;
  const key = routeKey(route.method, route.path);
  const otherKey = routeKey(other.method, other.path);
  const same = key === otherKey ? key : `${key}, which matches what ${otherKey} matches`;
  const found = `${same}, which is also the route of ${formatPath(other.place)}`;
  const accepted = `a method and path that no other route of "${route.gateway}" has`;
  yield { path: [...route.place, 'path'], finding: { found, accepted, fix: SAME_ROUTE_FIX } };
}

/**
 * API Gateway refuses a second name with "conflicting variable on the same hierarchical level", regardless of method and remaining path:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html#http-api-routes-path-variables
 */
function* renamedVariable(
  route: DeclaredRoute,
  known: Map<string, { readonly name: string; readonly route: DeclaredRoute }>,
): Generator<LocatedFinding> {
  for (const { name, greedy, level } of pathVariables(route.path)) {
    const earlier = remember(known, [route.gateway, level, greedy ? '+' : ''], { name, route });
    if (earlier === undefined || earlier.name === name) continue;
    const found = foundText(`{${name}${greedy ? '+' : ''}} in ${route.path}`);
    const other = `{${earlier.name}${greedy ? '+' : ''}}`;
    const accepted = `the name that the variable has in ${formatPath(earlier.route.place)}: ${other}`;
    const fix = `write ${other}: API Gateway accepts one variable name at each position of a path`;
    yield { path: [...route.place, 'path'], finding: { found, accepted, fix } };
    return;
  }
}

export const HTTP_API_GATEWAY_RULES = [ownRoute, oneFormat];
