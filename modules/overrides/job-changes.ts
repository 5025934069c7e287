import type { TerraformResource } from 'cdktf';
import type { Overrides } from '../config/overrides';
import { inside, type StatedProblem } from '../problems/problem';
import type { JobTransforms } from './job-resources';

/** Applies the changes of a job to its resources, by name, and returns the problems with those that could not be applied. */
export function changeJob(
  resources: () => ReadonlyMap<string, TerraformResource>,
  transforms: JobTransforms,
  overrides: Overrides,
): StatedProblem[] {
  if (Object.keys({ ...transforms, ...overrides }).length === 0) return [];
  // Loaded only if needed.
  const { applyOverrides } = require('./overrides') as typeof import('./overrides');
  const { applyTransforms } = require('./transform') as typeof import('./transform');
  const named = resources();
  return [
    ...applyTransforms(named, transforms).map((problem) => inside(problem, ['transform'])),
    ...applyOverrides(named, overrides).map((problem) => inside(problem, ['overrides'])),
  ];
}
