import { Lazy, type TerraformResource } from 'cdktf';
import type { Overrides } from '../config/overrides';
import { attributeShapes, type DescribedResource } from '../config/overrides/attribute-shapes';
import { isPlain, merged } from '../config/overrides/merged';
import { foundValue } from '../problems/found';
import type { StatedProblem } from '../problems/problem';
import { literals } from '../terraform/literal';
import { THE_JOB, unknownName } from './job-resources';
import { shaped, shapeProblems, unknownAttribute } from './shaped';

/**
 * Sets Terraform attributes of resources, over this project's values. Objects are merged, also into an attribute that is a JSON string.
 * Lists and other values are replaced, and null removes an attribute. Strings are literal: Terraform doesn't evaluate `${`.
 *
 * @param owner whose resources they are, for messages
 * @returns problems with values that could not be set, each with its path within the overrides.
 */
export function applyOverrides(
  resources: ReadonlyMap<string, TerraformResource>,
  overrides: Overrides,
  owner = THE_JOB,
): StatedProblem[] {
  return Object.entries(overrides).flatMap(([name, attributes]) => {
    const resource = resources.get(name);
    if (resource === undefined) return [unknownName(name, [...resources.keys()], owner)];
    return Object.entries(attributes).flatMap(([attribute, value]) => applyOne(resource, name, attribute, value));
  });
}

function applyOne(resource: TerraformResource, name: string, attribute: string, value: unknown): StatedProblem[] {
  if (attribute === 'lifecycle') {
    resource.addOverride(attribute, literals(value));
    return [];
  }
  const shapes = attributeShapes(resource as unknown as DescribedResource);
  const shape = shapes.get(attribute);
  if (shape === undefined) return [unknownAttribute(attribute, shapes, [name], resource.terraformResourceType, value)];
  const problems = shapeProblems(value, shape, [name, attribute], resource.terraformResourceType);
  if (problems.length > 0) return problems;
  const current = () => ownAttributes(resource)[attribute];
  const isDocument = shape.kind === 'string' && isPlain(value);
  if (isDocument && current() !== undefined && jsonObject(current()) === undefined) {
    const keys = [name, attribute];
    return [{ keys, found: foundValue(value), accepted: 'a string, as the attribute is one', fix: 'write a string' }];
  }
  const change = literals(value);
  // A token, because CDKTF appends lists of plain overrides to existing lists. Lazy, because the resource can still change.
  const produce = () =>
    isDocument ? JSON.stringify(merged(jsonObject(current()), change)) : merged(current(), shaped(change, shape));
  resource.addOverride(attribute, Lazy.anyValue({ produce }));
  return [];
}

/**
 * All attributes of a resource by Terraform name, including unset ones. CDKTF hides the method from TypeScript, but not from JavaScript.
 */
function ownAttributes(resource: TerraformResource): { readonly [attribute: string]: unknown } {
  return (resource as unknown as { synthesizeAttributes(): { [attribute: string]: unknown } }).synthesizeAttributes();
}

function jsonObject(text: unknown): { readonly [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return isPlain(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
