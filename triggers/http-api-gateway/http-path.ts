import { foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';

/** Paths of the route that matches requests without another route. */
export const CATCH_ALL_PATHS: readonly string[] = ['*', '$default'];

const ACCEPTED = 'a path such as /users, /users/{id} or /files/{proxy+}, or * for every other request';

/** Literal characters of a path, without those that API Gateway or an ARN gives a meaning. */
const LITERAL = /^[A-Za-z0-9._~!&'(),;=:@%+-]+$/;

const VARIABLE = /^\{([A-Za-z0-9._-]+)(\+?)\}$/;

/** A variable of a path: `{id}` matches one segment, `{proxy+}` all remaining ones. */
export interface PathVariable {
  readonly name: string;
  readonly greedy: boolean;
  /** The path before it, without variables' names. */
  readonly level: string;
}

/**
 * Why API Gateway would refuse a path or never match it, or undefined.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function httpPathProblem(path: string): Finding | undefined {
  if (CATCH_ALL_PATHS.includes(path) || path === '/') return undefined;
  const fix = fixOf(path);
  return fix === undefined ? undefined : { found: foundValue(path), accepted: ACCEPTED, fix };
}

function fixOf(path: string): string | undefined {
  if (!path.startsWith('/')) return `write /${path.replace(/^\.?\/+/, '')}`;
  if (/[?#]/.test(path)) return 'remove the part after the path: a route matches only the method and the path';
  if (path.endsWith('/*')) return `write ${path.slice(0, -1)}{proxy+}`;
  if (path.endsWith('/')) {
    return `write ${path.replace(/\/+$/, '') || '/'}: API Gateway takes no slash at the end, and matches requests with one too`;
  }
  const segments = path.slice(1).split('/');
  if (segments.includes('')) return `write ${path.replace(/\/{2,}/g, '/')}`;
  const wrong = segments.find((segment) => !VARIABLE.test(segment) && !isLiteral(segment));
  if (wrong !== undefined) return segmentFix(wrong);
  if (segments.slice(0, -1).some((segment) => VARIABLE.exec(segment)?.[2] === '+')) {
    return 'put the greedy variable at the end: it matches the rest of the path';
  }
  const names = pathVariables(path).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  return twice === undefined
    ? undefined
    : `give each variable a name that is not in use: "${twice}" stands there twice`;
}

function isLiteral(segment: string): boolean {
  // Other frameworks write a variable with a colon.
  return LITERAL.test(segment) && !segment.startsWith(':');
}

function segmentFix(segment: string): string {
  const name = /^:([\w-]+)$/.exec(segment)?.[1];
  if (name !== undefined) return `write {${name}} for a variable`;
  if (/[{}]/.test(segment)) return `make a variable the whole of its segment, such as {id}, and not ${segment}`;
  return `write "${encodeURIComponent(segment)}" or another segment: letters, digits and . _ ~ ! & ' ( ) , ; = : @ % + - may stand there`;
}

/** The variables of a path, in their order. */
export function pathVariables(path: string): PathVariable[] {
  const segments = path.split('/');
  return segments.flatMap((segment, index) => {
    const [, name, plus] = VARIABLE.exec(segment) ?? [];
    return name === undefined
      ? []
      : [{ name, greedy: plus === '+', level: pathShape(segments.slice(0, index).join('/')) }];
  });
}

/** The path without the names of its variables. Two paths of the same shape match the same requests. */
export function pathShape(path: string): string {
  if (CATCH_ALL_PATHS.includes(path)) return '$default';
  return path
    .split('/')
    .map((segment) => segment.replace(VARIABLE, (_, _name, plus) => `{${plus}}`))
    .join('/');
}

/** The fix for two routes of a gateway with the same requests. */
export const SAME_ROUTE_FIX = 'change the method or path of one of them, or remove it';

/** API Gateway's name of a route: `GET /users/{id}`, `ANY /users` or `$default`. */
export function routeKey(method: string, path: string): string {
  if (CATCH_ALL_PATHS.includes(path)) return '$default';
  return `${method === '*' ? 'ANY' : method} ${path}`;
}
