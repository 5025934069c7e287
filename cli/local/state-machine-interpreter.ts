/**
 * Runs a state machine in this process. Waits are written down, and cost no time unless a clock is given.
 *
 * It knows the states, fields and functions that this project's documents are made of and refuses every other, so that
 * a document is never half understood. What it does is compared with an emulator of Step Functions in
 * `__tests__/e2e/state-machine.test.ts`.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Fields = { readonly [key: string]: Json };

/** How one call of a Task's resource ended. */
export type TaskOutcome = { readonly output: Json } | { readonly error: string; readonly cause: string };

export interface TaskCall {
  /** Name of the Task state. */
  readonly state: string;
  readonly resource: string;
  /** The state's Parameters, evaluated. */
  readonly parameters: Json;
  /** How often this state's Retry has repeated the call since the state was entered. */
  readonly retryCount: number;
}

export interface InterpretOptions {
  readonly task: (call: TaskCall) => TaskOutcome | Promise<TaskOutcome>;
  /** @default {} as StartExecution does */
  readonly input?: Json;
  /** @default 'execution' */
  readonly executionName?: string;
  /** Numbers from 0 up to 1, for jitter and `States.MathRandom`. @default Math.random */
  readonly random?: () => number;
  /** Called for each Wait and each delay of a Retry. @default none: the clock jumps */
  readonly sleep?: (delay: Delay) => Promise<void>;
  /** Called when a state is entered. @default nobody is told */
  readonly onState?: (name: string, type: string) => void;
}

export interface Delay {
  readonly state: string;
  readonly of: 'Wait' | 'Retry';
  readonly seconds: number;
}

interface Walk {
  /** States in the order they were entered. */
  readonly visited: readonly string[];
  readonly delays: readonly Delay[];
}

export type Run = Walk &
  (
    | { readonly status: 'SUCCEEDED'; readonly output: Json }
    | { readonly status: 'FAILED'; readonly error: string | undefined; readonly cause: string | undefined }
  );

/** The error that ends or is caught by a state. */
class StateError extends Error {
  constructor(
    readonly error: string,
    override readonly cause: string,
  ) {
    super(`${error}: ${cause}`);
  }
}

/** Step Functions ends an execution after 25,000 events; each state is at least two. */
const MOST_STATES_ENTERED = 12_500;
/** Bytes of UTF-8 that Step Functions takes as the input, parameters or result of a state. */
const MOST_PAYLOAD_BYTES = 262_144;

const KNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource', 'Parameters', 'Retry', 'Catch', 'Next', 'End'],
  Choice: ['Choices', 'Default'],
  Pass: ['Parameters', 'Next', 'End'],
  Wait: ['Seconds', 'SecondsPath', 'Next', 'End'],
  Fail: ['Error', 'Cause', 'ErrorPath', 'CausePath'],
  Succeed: [],
};
const KNOWN_RETRIER_FIELDS = [
  'ErrorEquals',
  'IntervalSeconds',
  'BackoffRate',
  'MaxDelaySeconds',
  'MaxAttempts',
  'JitterStrategy',
];

/**
 * Runs a definition to its end.
 *
 * @throws Error when the definition holds something that this interpreter does not know, or never ends.
 */
export async function interpret(definition: string, options: InterpretOptions): Promise<Run> {
  const machine = asFields(parse(definition), 'the definition');
  expectOnly(machine, ['Comment', 'StartAt', 'States'], 'the definition');
  const states = asFields(machine.States, 'States');
  const execution = new Execution(options);
  let current: Step = { next: asText(machine.StartAt, 'StartAt'), data: inputOf(options) };
  try {
    while ('next' in current) {
      const state = asFields(states[current.next], `the state ${current.next}`);
      current = await execution.enter(current.next, state, current.data);
    }
  } catch (failure) {
    if (failure instanceof StateError) {
      return { status: 'FAILED', error: failure.error, cause: failure.cause, ...execution.walk };
    }
    throw failure;
  }
  return 'output' in current
    ? { status: 'SUCCEEDED', output: current.output, ...execution.walk }
    : { status: 'FAILED', error: current.error, cause: current.cause, ...execution.walk };
}

type Step =
  | { readonly next: string; readonly data: Json }
  | { readonly output: Json }
  | { readonly error: string | undefined; readonly cause: string | undefined };

class Execution {
  private readonly visited: string[] = [];
  private readonly delays: Delay[] = [];
  readonly walk: Walk = { visited: this.visited, delays: this.delays };

  constructor(private readonly options: InterpretOptions) {}

  async enter(name: string, state: Fields, data: Json): Promise<Step> {
    this.visited.push(name);
    if (this.visited.length > MOST_STATES_ENTERED) {
      throw new Error(`The execution entered ${MOST_STATES_ENTERED} states and has not ended.`);
    }
    const type = asText(state.Type, `Type of ${name}`);
    const known = KNOWN_FIELDS[type];
    if (!known) {
      throw new Error(`${name} is a ${type} state, which this interpreter does not know.`);
    }
    expectOnly(state, ['Type', 'Comment', ...known], name);
    this.options.onState?.(name, type);
    const scope = this.scope(name, data, 0);
    switch (type) {
      case 'Task':
        return this.task(name, state, data);
      case 'Choice':
        return { next: choose(state, scope, name), data };
      case 'Pass':
        return leave(state, state.Parameters === undefined ? data : this.evaluate(state.Parameters, scope));
      case 'Wait':
        await this.delay(name, 'Wait', secondsOf(state, scope));
        return leave(state, data);
      case 'Fail':
        return { error: failText('Error', state, scope), cause: failText('Cause', state, scope) };
      default:
        return { output: data };
    }
  }

  private async task(name: string, state: Fields, data: Json): Promise<Step> {
    const retriers = asList(state.Retry ?? [], `Retry of ${name}`).map((retrier) => asFields(retrier, 'a retrier'));
    const retried = retriers.map(() => 0);
    for (let retryCount = 0; ; retryCount++) {
      try {
        const parameters = this.evaluate(state.Parameters ?? data, this.scope(name, data, retryCount));
        const resource = asText(state.Resource, `Resource of ${name}`);
        const outcome = await this.options.task({ state: name, resource, parameters, retryCount });
        if ('error' in outcome) {
          throw new StateError(outcome.error, outcome.cause);
        }
        return leave(state, withinLimit(outcome.output));
      } catch (failure) {
        if (!(failure instanceof StateError)) {
          throw failure;
        }
        const index = retriers.findIndex((retrier) => matches(retrier, failure.error));
        const retrier = retriers[index];
        const before = retried[index] ?? 0;
        if (retrier && before < asNumber(retrier.MaxAttempts ?? 3, 'MaxAttempts')) {
          retried[index] = before + 1;
          await this.delay(name, 'Retry', this.backOff(retrier, before));
          continue;
        }
        return { next: catcherOf(state, failure), data: { Error: failure.error, Cause: failure.cause } };
      }
    }
  }

  private backOff(retrier: Fields, before: number): number {
    expectOnly(retrier, KNOWN_RETRIER_FIELDS, 'a retrier');
    const grown =
      asNumber(retrier.IntervalSeconds ?? 1, 'IntervalSeconds') *
      asNumber(retrier.BackoffRate ?? 2, 'BackoffRate') ** before;
    const capped = Math.min(grown, asNumber(retrier.MaxDelaySeconds ?? Number.MAX_VALUE, 'MaxDelaySeconds'));
    return retrier.JitterStrategy === 'FULL' ? capped * this.random() : capped;
  }

  private async delay(state: string, of: Delay['of'], seconds: number): Promise<void> {
    const delay = { state, of, seconds };
    this.delays.push(delay);
    await this.options.sleep?.(delay);
  }

  private random(): number {
    return (this.options.random ?? Math.random)();
  }

  private scope(name: string, data: Json, retryCount: number): Scope {
    const executionName = this.options.executionName ?? 'execution';
    return {
      data,
      context: {
        Execution: { Name: executionName, Input: inputOf(this.options) },
        State: { Name: name, RetryCount: retryCount },
      },
      random: () => this.random(),
    };
  }

  private evaluate(template: Json, scope: Scope): Json {
    return withinLimit(fillIn(template, scope));
  }
}

/** `null` is an input like any other; only a missing one is `{}`. */
function inputOf({ input }: InterpretOptions): Json {
  return input === undefined ? {} : input;
}

interface Scope {
  readonly data: Json;
  readonly context: Json;
  readonly random: () => number;
}

function leave(state: Fields, data: Json): Step {
  return state.End === true ? { output: data } : { next: asText(state.Next, 'Next'), data };
}

function catcherOf(state: Fields, failure: StateError): string {
  for (const catcher of asList(state.Catch ?? [], 'Catch').map((item) => asFields(item, 'a catcher'))) {
    expectOnly(catcher, ['ErrorEquals', 'Next'], 'a catcher');
    if (matches(catcher, failure.error)) {
      return asText(catcher.Next, 'Next of a catcher');
    }
  }
  throw failure;
}

function matches(rule: Fields, error: string): boolean {
  return asList(rule.ErrorEquals, 'ErrorEquals').some((name) => {
    switch (name) {
      case 'States.ALL':
        return error !== 'States.DataLimitExceeded' && error !== 'States.Runtime';
      case 'States.TaskFailed':
        return error !== 'States.Timeout';
      default:
        return name === error;
    }
  });
}

function secondsOf(state: Fields, scope: Scope): number {
  const seconds = state.Seconds ?? resolve(asText(state.SecondsPath, 'SecondsPath'), scope);
  if (typeof seconds !== 'number' || !Number.isInteger(seconds) || seconds < 0 || seconds > 99_999_999) {
    throw new StateError('States.Runtime', `A Wait state takes whole seconds up to 99999999, got ${String(seconds)}.`);
  }
  return seconds;
}

function failText(field: 'Error' | 'Cause', state: Fields, scope: Scope): string | undefined {
  const path = state[`${field}Path`];
  const value = path === undefined ? state[field] : resolve(asText(path, `${field}Path`), scope);
  return value === undefined ? undefined : asText(value, field);
}

function choose(state: Fields, scope: Scope, name: string): string {
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

function fillIn(template: Json, scope: Scope): Json {
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
    default:
      throw new Error(`This interpreter does not know States.${name}.`);
  }
}

/** The value at a path, or the failure that Step Functions reports where there is none. */
function resolve(path: string, scope: Scope, failure = 'States.Runtime'): Json {
  const value = find(path, scope);
  if (value === undefined) {
    throw new StateError(failure, `The path ${path} is not in the input ${JSON.stringify(scope.data)}.`);
  }
  return value;
}

function find(path: string, scope: Scope): Json | undefined {
  const parsed = /^(\$\$?)((?:\.\w+)*)$/.exec(path);
  if (!parsed) {
    throw new Error(`This interpreter only knows paths such as $.a.b, got ${path}.`);
  }
  const [, root, rest = ''] = parsed;
  let value: Json | undefined = root === '$$' ? scope.context : scope.data;
  for (const key of rest.split('.').slice(1)) {
    value = isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  }
  return value;
}

function withinLimit(value: Json): Json {
  const bytes = Buffer.byteLength(JSON.stringify(value));
  if (bytes > MOST_PAYLOAD_BYTES) {
    throw new StateError('States.DataLimitExceeded', `${bytes} bytes exceed the limit of ${MOST_PAYLOAD_BYTES}.`);
  }
  return value;
}

function expectOnly(fields: Fields, known: readonly string[], what: string): void {
  const unknown = Object.keys(fields).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    throw new Error(`This interpreter does not know ${unknown.join(', ')} in ${what}.`);
  }
}

function parse(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

function isFields(value: Json | undefined): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asFields(value: Json | undefined, what: string): Fields {
  if (!isFields(value)) {
    throw new Error(`Expected ${what} to be an object, got ${JSON.stringify(value)}.`);
  }
  return value;
}

function asList(value: Json | undefined, what: string): readonly Json[] {
  if (!Array.isArray(value)) {
    throw new Error(`Expected ${what} to be a list, got ${JSON.stringify(value)}.`);
  }
  return value;
}

function asText(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') {
    throw new Error(`Expected ${what} to be text, got ${JSON.stringify(value)}.`);
  }
  return value;
}

function asNumber(value: Json | undefined, what: string): number {
  if (typeof value !== 'number') {
    throw new Error(`Expected ${what} to be a number, got ${JSON.stringify(value)}.`);
  }
  return value;
}
