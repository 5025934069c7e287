import type { AttributeShape, AttributeShapes } from '../config/overrides/attribute-shapes';
import { isPlain } from '../config/overrides/merged';
import { writeAccepted } from '../problems/fix';
import { foundValue } from '../problems/found';
import type { StatedProblem } from '../problems/problem';
import { suggestion } from '../problems/suggestion';

/** A value of an override in Terraform's form: an object becomes JSON if Terraform expects a string. */
export function shaped(value: unknown, { kind, attributes }: AttributeShape): unknown {
  if (kind === 'string') return isPlain(value) || Array.isArray(value) ? JSON.stringify(value) : value;
  if (attributes === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => shaped(item, { kind, attributes }));
  if (!isPlain(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => {
    const shape = attributes.get(name);
    return [name, shape === undefined ? item : shaped(item, shape)] as const;
  });
  return Object.fromEntries(entries);
}

/** The problem if an attribute's value has the wrong type for Terraform. `type` is that of the resource. */
export function shapeProblems(
  value: unknown,
  shape: AttributeShape,
  path: (string | number)[],
  type: string,
): StatedProblem[] {
  const { kind, attributes } = shape;
  const found = foundValue(value);
  if ((kind === 'number' || kind === 'boolean') && (isPlain(value) || Array.isArray(value))) {
    const accepted = kind === 'number' ? 'a number' : 'true or false';
    return [{ keys: path, found, accepted, fix: writeAccepted(accepted) }];
  }
  if (
    /^(string|number|boolean)List$/.test(kind) &&
    (isPlain(value) || ['string', 'number', 'boolean'].includes(typeof value))
  ) {
    return [
      { keys: path, found, accepted: 'a list', fix: isPlain(value) ? writeAccepted('a list') : `write [${found}]` },
    ];
  }
  if (attributes === undefined || value === null) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => shapeProblems(item, shape, [...path, index], type));
  }
  if (!isPlain(value)) {
    const accepted = `an object of ${[...attributes.keys()].join(', ')}`;
    return [{ keys: path, found, accepted, fix: 'write an object' }];
  }
  return Object.entries(value).flatMap(([name, item]) => {
    const inner = attributes.get(name);
    if (inner === undefined) return [unknownAttribute(name, attributes, path, type)];
    return shapeProblems(item, inner, [...path, name], type);
  });
}

/** The problem with an attribute that a resource, or a block of it, doesn't have. */
export function unknownAttribute(
  name: string,
  known: AttributeShapes,
  path: (string | number)[],
  type: string,
): StatedProblem {
  const names = [...known.keys()];
  const meant = suggestion(name, names);
  const fix = meant === undefined ? 'remove it' : `did you mean "${meant}"?`;
  return {
    keys: [...path, name],
    found: `the unknown attribute "${name}"`,
    accepted: `an attribute of ${type}: ${names.join(', ')}`,
    fix: nestedFix(name, known) ?? fix,
  };
}

/** The fix for a path as CloudFormation and Stacktape write it, such as `ContainerProperties.Privileged`. */
function nestedFix(name: string, known: AttributeShapes): string | undefined {
  const [first = '', ...rest] = name.split('.');
  const outer = suggestion(first, [...known.keys()]);
  if (rest.length === 0 || outer === undefined) return undefined;
  // The documents of AWS Batch begin names with a small letter. Those of IAM and Step Functions have the names of CloudFormation.
  const isDocument = known.get(outer)?.kind === 'string';
  const renamed = isDocument ? (/_properties$/.test(outer) ? beginningSmall : String) : withUnderscores;
  return `write ${[outer, ...rest.map(renamed)].join(': { ')}: <value>${' }'.repeat(rest.length)}`;
}

function beginningSmall(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

function withUnderscores(name: string): string {
  return beginningSmall(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
