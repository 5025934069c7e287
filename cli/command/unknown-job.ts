import { suggestion } from '../../modules/problems/suggestion';
import { UsageError } from './usage-error';

/** What to say of a job that a stack does not have. */
export function unknownJob(stackName: string, name: string, jobs: readonly string[]): UsageError {
  const meant = suggestion(name, jobs);
  const hint = meant === undefined ? `Its jobs: ${jobs.join(', ') || 'none'}.` : `Did you mean ${meant}?`;
  return new UsageError(`Stack ${stackName} has no job "${name}". ${hint}`);
}
