import type { EnvironmentVariable, State, StateMachineDocument, TaskState } from './states-language';
import { overridesBudget } from './trigger/overrides-budget';

/**
 * Characters that a state machine's submissions leave to the event, 0 to 8,192: what the attempt with the longest other variables leaves.
 * For the trigger function's `OVERRIDES_BUDGET`.
 */
export function eventBudget({ States }: StateMachineDocument): number {
  const budgets = Object.values(States)
    .filter(isTask)
    .map(({ Parameters }) => overridesBudget(constants(Parameters.ContainerOverrides.Environment)));
  return Math.min(...budgets);
}

function isTask(state: State): state is TaskState {
  return state.Type === 'Task';
}

/** All variables but the event's, the only one whose value is known at run time alone. */
function constants(environment: readonly EnvironmentVariable[]): Record<string, string> {
  return Object.fromEntries(
    environment.flatMap((variable) => ('Value' in variable ? [[variable.Name, variable.Value]] : [])),
  );
}
