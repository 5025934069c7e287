import type { EnvironmentVariable, State, StateMachineDocument, TaskState } from './states-language';
import { overridesBudget } from './trigger/overrides-budget';

/**
 * Characters of a memory override. AWS doesn't document whether AWS Batch passes it to ECS as an override of the task or in another task
 * definition, so this assumes the former, with the most digits.
 */
const MEMORY_OVERRIDE_LENGTH = ',"memory":25165824,"memoryReservation":25165824'.length;

/**
 * Characters that a state machine's submissions leave for the event, 0 to 8,192. The attempt with the longest other variables decides. The
 * value of the trigger function's `OVERRIDES_BUDGET`.
 */
export function eventBudget({ States }: StateMachineDocument): number {
  const budgets = Object.values(States)
    .filter(isSubmission)
    .map(
      ({ Parameters: { ContainerOverrides } }) =>
        overridesBudget(constants(ContainerOverrides.Environment)) -
        (ContainerOverrides.ResourceRequirements === undefined ? 0 : MEMORY_OVERRIDE_LENGTH),
    );
  return Math.min(...budgets);
}

function isSubmission(state: State): state is TaskState {
  return state.Type === 'Task' && 'End' in state;
}

/** All variables except the event, the only one whose value is known only at run time. */
function constants(environment: readonly EnvironmentVariable[]): Record<string, string> {
  return Object.fromEntries(
    environment.flatMap((variable) => ('Value' in variable ? [[variable.Name, variable.Value]] : [])),
  );
}
