import type { Json } from './json-value';
import { StateError } from './state-error';

/** What the paths of a state refer to. */
export interface Scope {
  readonly data: Json;
  readonly context: Json;
  /** By name. A path reads one as `$name`. */
  readonly variables: Readonly<Record<string, Json>>;
  readonly random: () => number;
}

/** The value at a path. @throws StateError as Step Functions does if there is none */
export function resolve(path: string, scope: Scope, failure = 'States.Runtime'): Json {
  const value = find(path, scope);
  if (value === undefined) {
    throw new StateError(failure, `The path ${path} is not in the input ${JSON.stringify(scope.data)}.`);
  }
  return value;
}

/** The value at a path, if there is one. The values of an object, if the path has `.*`. */
export function find(path: string, scope: Scope): Json | undefined {
  const parsed = /^(\$\$?|\$[A-Za-z]\w*)((?:\.\w+|\.\*|\[\d+\])*)$/.exec(path);
  if (!parsed) {
    throw new Error(`This interpreter only knows paths such as $.a.b, $.a[0] and $.a.*.b, got ${path}.`);
  }
  const [, root, rest = ''] = parsed;
  return follow(rootOf(root, scope), rest.match(/\.\w+|\.\*|\[\d+\]/g) ?? []);
}

function rootOf(root: string | undefined, { data, context, variables }: Scope): Json | undefined {
  if (root === '$' || root === undefined) return data;
  return root === '$$' ? context : variables[root.slice(1)];
}

function follow(value: Json | undefined, [step, ...rest]: readonly string[]): Json | undefined {
  if (step === undefined || value === undefined) return value;
  if (step === '.*') {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.values(value).flatMap((item) => follow(item, rest) ?? []);
  }
  const key = step.startsWith('[') ? step.slice(1, -1) : step.slice(1);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return follow((value as Record<string, Json>)[key], rest);
}
