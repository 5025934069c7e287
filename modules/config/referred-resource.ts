import { formatFound } from '../problems/problem';
import { type CheckContext, refuse } from './checked';
import { parseResourceParam } from './directive';
import { withArticle } from './type-name';

/** A resource of the config that a `$ResourceParam` refers to. */
export interface ReferredResource {
  readonly name: string;
  /** Name of the parameter. */
  readonly param: string;
  readonly type: string;
  /** Whether it is an existing resource. */
  readonly isExisting: boolean;
}

/** The resource that a string refers to. Undefined for any other string, and for names that don't exist. */
export function referredResource(text: string, resources: unknown): ReferredResource | undefined {
  const directive = parseResourceParam(text);
  if (directive === undefined) return undefined;
  const { type, existing } = asObject(asObject(resources)[directive.resource]);
  if (typeof type !== 'string') return undefined;
  return {
    name: directive.resource,
    param: directive.param,
    type,
    isExisting: existing !== undefined,
  };
}

/** Refuses a directive that refers to anything but the ARN of a resource of one type. Returns whether it did. */
export function refuseOtherThan(
  type: string,
  referred: ReferredResource,
  context: CheckContext,
  path: (string | number)[],
): boolean {
  const { name, param } = referred;
  if (referred.type === type && param === 'arn') return false;
  const fix =
    referred.type === type
      ? `write $ResourceParam('${name}', 'arn')`
      : `name a resource of type ${type}: "${name}" is ${withArticle(referred.type)}`;
  const found = formatFound(`$ResourceParam('${name}', '${param}')`);
  refuse(context, { found, accepted: `the ARN of a resource of type ${type}`, fix }, path);
  return true;
}

/** The value if it is an object, else an empty object. */
export function asObject(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { [key: string]: unknown }) : {};
}

/** The value at the end of a path. Undefined if the path doesn't exist. */
export function valueAtPath(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((node, key) => (asObject(node) as { readonly [key: PropertyKey]: unknown })[key], value);
}
