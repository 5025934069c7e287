import type { AttributeShape, AttributeShapes } from '../config/overrides/attribute-shapes';
import { isPlain } from '../config/overrides/merged';
import { writeAccepted } from '../problems/fix';
import { foundValue } from '../problems/found';
import type { StatedProblem } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import { beginningSmall, capitalNames, isBatchDocument, smallNames } from './batch-names';

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
  if (isBatchDocument(path.at(-1), kind)) return capitalNames(value, path);
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
    if (inner === undefined) return [unknownAttribute(name, attributes, path, type, item)];
    return shapeProblems(item, inner, [...path, name], type);
  });
}

/** The problem with an attribute that a resource, or a block of it, doesn't have. The fix has the value if it is to be written anew. */
export function unknownAttribute(
  name: string,
  known: AttributeShapes,
  path: (string | number)[],
  type: string,
  value?: unknown,
): StatedProblem {
  const names = [...known.keys()];
  const meant = suggestion(name, names) ?? startOf(name, names);
  const fix = meant === undefined ? 'remove it' : `did you mean "${meant}"?`;
  return {
    keys: [...path, name],
    found: `the unknown attribute "${name}"`,
    accepted: `an attribute of ${type}: ${names.join(', ')}`,
    fix: nestedFix(name, known) ?? documentFix(meant, known, value) ?? fix,
  };
}

/** The attribute that a longer name of CloudFormation starts with: `assume_role_policy` of `AssumeRolePolicyDocument`. */
function startOf(name: string, attributes: readonly string[]): string | undefined {
  // One word, such as `role`, starts names of much else.
  return attributes.find((attribute) => attribute.includes('_') && withUnderscores(name).startsWith(`${attribute}_`));
}

/** The fix for a path as CloudFormation and Stacktape write it, such as `ContainerProperties.Privileged`. */
function nestedFix(name: string, known: AttributeShapes): string | undefined {
  const [first = '', ...rest] = name.split('.');
  const outer = suggestion(first, [...known.keys()]);
  if (rest.length === 0 || outer === undefined) return undefined;
  // The documents of AWS Batch begin names with a small letter. Those of IAM and Step Functions have the names of CloudFormation.
  const isDocument = known.get(outer)?.kind === 'string';
  const renamed = isDocument ? (isBatchDocument(outer, 'string') ? beginningSmall : String) : withUnderscores;
  return `write ${[outer, ...rest.map(renamed)].join(': { ')}: <value>${' }'.repeat(rest.length)}`;
}

/** The fix for a whole document as CloudFormation has it, such as `ContainerProperties: { Privileged: true }`. */
function documentFix(meant: string | undefined, known: AttributeShapes, value: unknown): string | undefined {
  if (meant === undefined || !isPlain(value) || !isBatchDocument(meant, known.get(meant)?.kind)) return undefined;
  return capitalNames(value, []).length === 0 ? undefined : `write ${meant}: ${JSON.stringify(smallNames(value))}`;
}

function withUnderscores(name: string): string {
  return beginningSmall(name).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
