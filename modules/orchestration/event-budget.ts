import type { EnvironmentVariable, State, StateMachineDocument, TaskState } from './states-language';
import { overridesBudget } from './trigger/overrides-budget';

/**
 * Characters that a state machine's submissions leave for the event, 0 to 8,192. The attempt with the longest other variables decides. The
 * value of the trigger function's `OVERRIDES_BUDGET`.
 */
export function eventBudget({ States }: StateMachineDocument): number {
  const budgets = Object.values(States)
    .filter(isSubmission)
    .map(({ Parameters }) => overridesBudget(constants(Parameters.ContainerOverrides.Environment)));
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
