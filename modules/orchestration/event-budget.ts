import { MOST_MEMORY } from '../rules/memory-levels';
import type { EnvironmentVariable, State, StateMachineDocument, SubmittedChild, TaskState } from './states-language';
import { overridesBudget } from './trigger/overrides-budget';

/**
 * Characters of a memory override. AWS doesn't document whether AWS Batch passes it to ECS as an override of the task or in another task
 * definition, so this assumes the former, with the most digits.
 */
const MEMORY_OVERRIDE_LENGTH = `,"memory":${MOST_MEMORY},"memoryReservation":${MOST_MEMORY}`.length;

/**
 * Characters that a state machine's submissions leave for the event, 0 to 8,192. The attempt with the longest other variables decides. The
 * value of the trigger function's `OVERRIDES_BUDGET`.
 *
 * @param longest the longest values of further variables whose values are known only at run time
 */
export function eventBudget(
  { States }: StateMachineDocument,
  longest: { readonly [name: string]: string } = {},
): number {
  const budgets = Object.values(States)
    .flatMap((state) => (state.Type === 'Map' ? Object.values(state.ItemProcessor.States) : state))
    .filter(isSubmission)
    .map(
      ({ Parameters: { ContainerOverrides } }) =>
        overridesBudget({ ...constants(ContainerOverrides.Environment), ...longest }) -
        (ContainerOverrides.ResourceRequirements === undefined ? 0 : MEMORY_OVERRIDE_LENGTH),
    );
  return Math.min(...budgets);
}

function isSubmission(state: State): state is TaskState | SubmittedChild {
  return state.Type === 'Task' && 'ContainerOverrides' in state.Parameters;
}

/** All variables whose values are known at synthesis. */
function constants(environment: readonly EnvironmentVariable[]): Record<string, string> {
  return Object.fromEntries(
    environment.flatMap((variable) => ('Value' in variable ? [[variable.Name, variable.Value]] : [])),
  );
}
