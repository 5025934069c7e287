/** The parts of `terraform show -json <plan>` that are used. */
export interface PlanDocument {
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: { readonly [name: string]: { readonly actions: readonly string[] } };
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly ResourceConfiguration[] } };
}

/** A resource in the stack's Terraform JSON. It has what a plan does not know: which other resources an argument is made of. */
export interface ResourceConfiguration {
  readonly address: string;
  readonly expressions?: Values;
}

/** The part of a plan about one resource. Resources that stay as they are have one too. */
export interface ResourceChange {
  readonly address: string;
  /** Its address before, if a `moved` block gives it another one. */
  readonly previous_address?: string;
  readonly mode?: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before?: unknown;
    readonly after?: unknown;
    readonly after_unknown?: unknown;
    /** Arguments whose change replaces the resource. */
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/** Arguments and attributes of a resource, or an object in one of them. */
export interface Values {
  readonly [name: string]: unknown;
}

/** An object, or an empty one instead of anything else. */
export function valuesOf(value: unknown): Values {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The objects of a list, or an empty list instead of anything else. */
export function listOf(value: unknown): readonly Values[] {
  return Array.isArray(value) ? value.map(valuesOf) : [];
}

/** The object that a string of JSON holds. */
export function valuesInJson(value: unknown): Values | undefined {
  if (typeof value !== 'string' || !value.startsWith('{')) return undefined;
  try {
    return valuesOf(JSON.parse(value));
  } catch {
    return undefined;
  }
}

/**
 * Whether two values mean the same. Terraform and AWS show what is not set as null, as an empty value, or not at all, and properties in any
 * order.
 */
export function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(settled(one)) === JSON.stringify(settled(other));
}

function settled(value: unknown): unknown {
  if (!value) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(settled);
  if (typeof value !== 'object') return value;
  const entries = Object.entries(value).flatMap(([name, inner]) => {
    const kept = settled(inner);
    return kept === undefined ? [] : [[name, kept] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
