import type { PartChange } from './part-change';
import { type ResourceChange, valuesInJson, valuesOf } from './plan-document';
import { attemptsOf } from './state-machine-facts';

/** Types of resources that only a run that begins later reads. */
const READ_AT_BEGINNING = ['aws_batch_job_definition', 'aws_sfn_state_machine', 'aws_lambda_function'];

/**
 * What the change of a job means for its runs in progress. Undefined if something in the plan disturbs runs, which a warning or another
 * line says, or if nothing changes that runs depend on.
 *
 * @param own all resources of the job in the plan
 * @param parts those that change
 * @param all what changes of it, of what jobs share, and of other resources
 */
export function effectOnRuns(
  job: string,
  own: readonly ResourceChange[],
  parts: readonly PartChange[],
  all: readonly PartChange[],
): string | undefined {
  const changed = parts.filter(({ action, isTags }) => action === 'change' && !isTags);
  if (!changed.some(({ type }) => READ_AT_BEGINNING.includes(type))) return undefined;
  const disturbs = ({ type, users, facts, consequences }: PartChange) =>
    consequences.some(({ kind }) => kind === 'runs') || (type === 'aws_batch_compute_environment' && facts.length > 0)
      ? users.length === 0 || users.includes(job)
      : false;
  if (all.some(disturbs)) return undefined;
  const machine = own.find(({ type }) => type === 'aws_sfn_state_machine')?.change.before;
  const attempts = attemptsOf(valuesInJson(valuesOf(machine).definition) ?? {});
  // Each attempt is submitted with the latest revision of the definition.
  return attempts > 1 && changed.some(({ type }) => type === 'aws_batch_job_definition')
    ? 'attempts in progress are not touched, later ones use it'
    : 'runs in progress are not touched';
}
