import { asList, asNumber, asText, type Json, parse } from './json-value';
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
  const operands = argumentsOf(list).map((text) => operand(text, scope));
  const [first = null, second = null, ...more] = operands;
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
    case 'Format': {
      const texts = [second, ...more].map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
      return asText(first, 'the first of States.Format').replace(/\{\}/g, () => texts.shift() ?? '');
    }
    case 'StringSplit':
      return asText(first, 'the first of States.StringSplit').split(asText(second, 'the second of States.StringSplit'));
    case 'ArrayGetItem':
      return asList(first, 'the first of States.ArrayGetItem')[asNumber(second, 'the second')] ?? null;
    case 'ArrayLength':
      return asList(first, 'the argument of States.ArrayLength').length;
    case 'ArrayPartition': {
      const items = asList(first, 'the first of States.ArrayPartition');
      const size = asNumber(second, 'the second of States.ArrayPartition');
      const parts = Math.ceil(items.length / size);
      return Array.from({ length: parts }, (_, part) => items.slice(part * size, (part + 1) * size));
    }
    default:
      throw new Error(`This interpreter does not know States.${name}.`);
  }
}

function operand(text: string, scope: Scope): Json {
  if (text.startsWith("'")) return text.slice(1, -1);
  return /^(\$|States\.)/.test(text) ? compute(text, scope) : parse(text);
}

/** The arguments of a function, which can be calls and texts with commas in them. */
function argumentsOf(list: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let quoted = false;
  let text = '';
  for (const character of list) {
    if (character === "'") quoted = !quoted;
    if (!quoted) depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === ',' && depth === 0 && !quoted) {
      found.push(text.trim());
      text = '';
    } else {
      text += character;
    }
  }
  return text.trim() === '' ? found : [...found, text.trim()];
}
