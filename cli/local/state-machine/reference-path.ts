import { isFields, type Json } from './json-value';
import { StateError } from './state-error';

/** What the paths of a state refer to. */
export interface Scope {
  readonly data: Json;
  readonly context: Json;
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

/** The value at a path, if there is one. */
export function find(path: string, scope: Scope): Json | undefined {
  const parsed = /^(\$\$?)((?:\.\w+)*)$/.exec(path);
  if (!parsed) {
    throw new Error(`This interpreter only knows paths such as $.a.b, got ${path}.`);
  }
  const [, root, rest = ''] = parsed;
  let value: Json | undefined = root === '$$' ? scope.context : scope.data;
  for (const key of rest.split('.').slice(1)) {
    value = isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}
