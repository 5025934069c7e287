import type { ResourceParam } from './resource-params';

/** A parameter of a resource of the same config, which Terraform knows. */
export interface ResourceParamDirective {
  /** Name of the resource in the config. */
  readonly resource: string;
  readonly param: string;
}

/**
 * Stands for a parameter of another resource of the config wherever a text may stand: `resourceParam('myBucket', 'arn')`.
 * The same as writing `$ResourceParam('myBucket', 'arn')`, with the parameter's name checked by the compiler.
 */
export function resourceParam(resource: string, param: ResourceParam): string {
  return `$ResourceParam('${resource}', '${param}')`;
}

const DIRECTIVE = /^\$ResourceParam\(\s*(['"])([^'"]*)\1\s*,\s*(['"])([^'"]*)\3\s*\)$/;

/** Whether a text is meant as a directive, well-formed or not. */
export function isDirective(text: string): boolean {
  return /^\$[A-Za-z]+\(/.test(text);
}

/** The directive that a text is as a whole, or undefined if it is none. */
export function parseResourceParam(text: string): ResourceParamDirective | undefined {
  const [, , resource, , param] = DIRECTIVE.exec(text) ?? [];
  return resource === undefined || param === undefined ? undefined : { resource, param };
}
