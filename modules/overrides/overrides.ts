import { Lazy, type TerraformResource } from 'cdktf';
import type { Overrides } from '../config/overrides';
import { formatFound, formatPath, type Problem } from '../config/problem';
import { literals } from '../terraform-literal';
import { attributeShapes, type DescribedResource } from './attribute-shapes';
import { unknownName } from './job-resources';
import { isPlain, merged } from './merged';
import { shaped, shapeProblems, unknownAttribute } from './shaped';

/**
 * Sets Terraform attributes of resources over what this project has set. Objects are merged with what is there, an object for an attribute
 * that is a text with the JSON document in it; lists and single values are replaced, and null takes an attribute away. Texts are
 * literal: `${` means nothing to Terraform.
 *
 * @returns what could not be set, each with its path from the overrides on.
 */
export function applyOverrides(resources: ReadonlyMap<string, TerraformResource>, overrides: Overrides): Problem[] {
  return Object.entries(overrides).flatMap(([name, attributes]) => {
    const resource = resources.get(name);
    if (resource === undefined) return [unknownName(name, [...resources.keys()])];
    return Object.entries(attributes).flatMap(([attribute, value]) => applyOne(resource, name, attribute, value));
  });
}

function applyOne(resource: TerraformResource, name: string, attribute: string, value: unknown): Problem[] {
  if (attribute === 'lifecycle') {
    resource.addOverride(attribute, literals(value));
    return [];
  }
  const shapes = attributeShapes(resource as unknown as DescribedResource);
  const shape = shapes.get(attribute);
  if (shape === undefined) return [unknownAttribute(attribute, shapes, [name], resource.terraformResourceType)];
  const problems = shapeProblems(value, shape, [name, attribute], resource.terraformResourceType);
  if (problems.length > 0) return problems;
  const current = () => ownAttributes(resource)[attribute];
  const isDocument = shape.kind === 'string' && isPlain(value);
  if (isDocument && current() !== undefined && jsonObject(current()) === undefined) {
    const path = formatPath([name, attribute]);
    return [{ path, found: formatFound(value), accepted: 'a string, as the attribute is one', fix: 'write a string' }];
  }
  const change = literals(value);
  // A token, since CDKTF appends the lists of plain overrides to those that are there. Late, since a resource may change until then.
  const produce = () =>
    isDocument ? JSON.stringify(merged(jsonObject(current()), change)) : merged(current(), shaped(change, shape));
  resource.addOverride(attribute, Lazy.anyValue({ produce }));
  return [];
}

/** All attributes of a resource by Terraform's names, those that are not set included. CDKTF keeps them from TypeScript, not from JavaScript. */
function ownAttributes(resource: TerraformResource): { readonly [attribute: string]: unknown } {
  return (resource as unknown as { synthesizeAttributes(): { [attribute: string]: unknown } }).synthesizeAttributes();
}

function jsonObject(text: unknown): object | undefined {
  try {
    const value: unknown = JSON.parse(String(text));
    return isPlain(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
