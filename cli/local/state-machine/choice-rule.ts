import { asFields, asList, asNumber, asText, type Fields } from './json-value';
import { find, resolve, type Scope } from './reference-path';
import { StateError } from './state-error';

/** The next state after a Choice. */
export function choose(state: Fields, scope: Scope, name: string): string {
  for (const choice of asList(state.Choices, `Choices of ${name}`).map((item) => asFields(item, 'a choice'))) {
    const { Next, ...condition } = choice;
    if (holds(condition, scope)) {
      return asText(Next, 'Next of a choice');
    }
  }
  if (state.Default === undefined) {
    throw new StateError('States.NoChoiceMatched', `No choice of ${name} matched.`);
  }
  return asText(state.Default, 'Default');
}

function holds(condition: Fields, scope: Scope): boolean {
  const { Variable, ...test } = condition;
  const [operator, ...more] = Object.keys(test);
  if (operator === undefined || more.length > 0) {
    throw new Error(`A condition has one operator, got ${JSON.stringify(condition)}.`);
  }
  const operand = test[operator] ?? null;
  const conditions = (): Fields[] => asList(operand, operator).map((item) => asFields(item, 'a condition'));
  switch (operator) {
    case 'And':
      return conditions().every((item) => holds(item, scope));
    case 'Or':
      return conditions().some((item) => holds(item, scope));
    case 'Not':
      return !holds(asFields(operand, 'Not'), scope);
    case 'IsPresent':
      return (find(asText(Variable, 'Variable'), scope) !== undefined) === operand;
    case 'NumericEquals':
    case 'BooleanEquals':
    case 'StringEquals':
      return resolve(asText(Variable, 'Variable'), scope) === operand;
    case 'NumericGreaterThanEquals': {
      const value = resolve(asText(Variable, 'Variable'), scope);
      return typeof value === 'number' && value >= asNumber(operand, operator);
    }
    case 'NumericGreaterThanEqualsPath': {
      const value = resolve(asText(Variable, 'Variable'), scope);
      const least = resolve(asText(operand, operator), scope);
      return typeof value === 'number' && typeof least === 'number' && value >= least;
    }
    case 'StringMatches': {
      const value = resolve(asText(Variable, 'Variable'), scope);
      return typeof value === 'string' && wildcard(asText(operand, operator)).test(value);
    }
    default:
      throw new Error(`This interpreter does not know the comparison ${operator}.`);
  }
}

function wildcard(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's');
}
