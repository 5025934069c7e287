import type { TerraformResource } from 'cdktf';
import type { Overrides } from '../config/overrides';
import { inside, type StatedProblem } from '../problems/problem';
import type { JobTransforms } from './job-resources';
import { applyOverrides } from './overrides';
import { applyTransforms } from './transform';

/** Applies the changes of a job to its resources, by name, and returns the problems with those that could not be applied. */
export function changeJob(
  resources: ReadonlyMap<string, TerraformResource>,
  transforms: JobTransforms,
  overrides: Overrides,
): StatedProblem[] {
  return [
    ...applyTransforms(resources, transforms).map((problem) => inside(problem, ['transform'])),
    ...applyOverrides(resources, overrides).map((problem) => inside(problem, ['overrides'])),
  ];
}
