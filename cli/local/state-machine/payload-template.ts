import { asNumber, asText, type Json, parse } from './json-value';
import { resolve, type Scope } from './reference-path';
import { StateError } from './state-error';

/** Evaluates the paths and functions in a template. */
export function fillIn(template: Json, scope: Scope): Json {
  if (Array.isArray(template)) {
    return template.map((item: Json) => fillIn(item, scope));
  }
  if (typeof template !== 'object' || template === null) {
    return template;
  }
  return Object.fromEntries(
    Object.entries(template).map(([key, value]) =>
      key.endsWith('.$') ? [key.slice(0, -2), compute(asText(value, key), scope)] : [key, fillIn(value, scope)],
    ),
  );
}

function compute(expression: string, scope: Scope): Json {
  const call = /^States\.(\w+)\((.*)\)$/.exec(expression);
  if (!call) {
    return resolve(expression, scope, 'States.ParameterPathFailure');
  }
  const [, name, list = ''] = call;
  const values = list === '' ? [] : list.split(',').map((text) => text.trim());
  const operands = values.map((text) =>
    text.startsWith('$') ? resolve(text, scope, 'States.ParameterPathFailure') : parse(text),
  );
  const [first = null, second = null] = operands;
  switch (name) {
    case 'JsonToString':
      return JSON.stringify(first);
    case 'StringToJson':
      try {
        return parse(asText(first, 'the argument of States.StringToJson'));
      } catch (failure) {
        throw new StateError('States.IntrinsicFailure', `${expression}: ${String(failure)}`);
      }
    case 'MathRandom': {
      const from = asNumber(first, 'the start of States.MathRandom');
      const to = asNumber(second, 'the end of States.MathRandom');
      return from + Math.floor(scope.random() * (to - from));
    }
    case 'MathAdd':
      return asNumber(first, 'the first of States.MathAdd') + asNumber(second, 'the second of States.MathAdd');
    default:
      throw new Error(`This interpreter does not know States.${name}.`);
  }
}
