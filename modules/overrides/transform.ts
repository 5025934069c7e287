import type { TerraformResource } from 'cdktf';
import { merged } from '../config/overrides/merged';
import { capitalized } from '../problems/phrases';
import type { StatedProblem } from '../problems/problem';
import { type JobTransforms, THE_JOB, unknownName } from './job-resources';

/**
 * Applies changes to resources, by name. Sets attributes and blocks with CDKTF's names.
 *
 * @returns problems with changes that could not be applied, each with the name of the resource as path.
 */
export function applyTransforms(
  resources: ReadonlyMap<string, TerraformResource>,
  changes: JobTransforms,
): StatedProblem[] {
  return Object.entries(changes).flatMap(([name, change]: [string, JobTransforms[keyof JobTransforms]]) => {
    if (change === undefined) return [];
    const resource = resources.get(name);
    if (resource === undefined) return [unknownName(name, [...resources.keys()], THE_JOB)];
    // The types of the changes determine the class of each name.
    if (typeof change === 'function') change(resource as never);
    else set(resource, change);
    return [];
  });
}

function set(resource: TerraformResource, properties: { readonly [property: string]: unknown }): void {
  const target = resource as unknown as { [property: string]: unknown };
  for (const [property, value] of Object.entries(properties)) {
    const result = merged(target[`${property}Input`], value);
    const put = target[`put${capitalized(property)}`];
    if (typeof put === 'function') put.call(resource, result);
    else target[property] = result;
  }
}
