import { randomUUID } from 'node:crypto';
import type { StateMachineDocument } from '../../../modules/orchestration/states-language';
import { choose } from './choice-rule';
import { asFields, asList, asNumber, asText, expectOnly, type Fields, type Json } from './json-value';
import { fillIn } from './payload-template';
import { resolve, type Scope } from './reference-path';
import { placedAt } from './result-path';
import { matches, StateError, withinLimit } from './state-error';

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
  /** After which a call that waits for a task token fails. */
  readonly timeoutSeconds?: number;
}

export interface InterpretOptions {
  readonly task: (call: TaskCall) => TaskOutcome | Promise<TaskOutcome>;
  /** @default {} as StartExecution does */
  readonly input?: Json;
  /** @default 'execution' */
  readonly executionName?: string;
  /** The time, for the context object. @default Date.now */
  readonly now?: () => number;
  /** Numbers from 0 up to 1, for jitter and `States.MathRandom`. @default Math.random */
  readonly random?: () => number;
  /** Called for each Wait and each delay of a Retry. @default none: waits take no time */
  readonly sleep?: (delay: Delay) => Promise<void>;
  /** Called when a state is entered. @default nothing is called */
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

/** Step Functions ends an execution after 25,000 events; each state is at least two. */
const MOST_STATES_ENTERED = 12_500;
const KNOWN_FIELDS: Readonly<Record<string, readonly string[]>> = {
  Task: ['Resource', 'Parameters', 'ResultSelector', 'ResultPath', 'TimeoutSeconds', 'Retry', 'Catch', 'Next', 'End'],
  Choice: ['Choices', 'Default'],
  Map: ['ItemsPath', 'ItemSelector', 'MaxConcurrency', 'ItemProcessor', 'ResultPath', 'Next', 'End'],
  Pass: ['InputPath', 'Parameters', 'ResultPath', 'Assign', 'Next', 'End'],
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
 * Runs a state machine in this process to its end. Waits are recorded, and take no time unless `sleep` is given.
 *
 * It supports the states, fields and functions that this project's documents use and rejects all others. Its results are compared with an
 * emulator of Step Functions in `__tests__/e2e/state-machine.test.ts`.
 *
 * @throws Error if the definition has something that this interpreter doesn't support, or never ends
 */
export async function interpret(definition: StateMachineDocument | Fields, options: InterpretOptions): Promise<Run> {
  const machine = asFields(definition, 'the definition');
  expectOnly(machine, ['Comment', 'StartAt', 'States'], 'the definition');
  const states = asFields(machine.States, 'States');
  const execution = new Execution(options);
  let current: End;
  try {
    current = await execution.follow(states, asText(machine.StartAt, 'StartAt'), inputOf(options));
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

type End = { readonly output: Json } | { readonly error: string | undefined; readonly cause: string | undefined };
type Step = { readonly next: string; readonly data: Json } | End;

class Execution {
  private readonly visited: string[] = [];
  private readonly delays: Delay[] = [];
  readonly walk: Walk = { visited: this.visited, delays: this.delays };
  private readonly variables: Record<string, Json> = {};

  private readonly started: number;

  constructor(private readonly options: InterpretOptions) {
    this.started = this.now();
  }

  /** From a state to an end. */
  async follow(states: Fields, start: string, input: Json): Promise<End> {
    let current: Step = { next: start, data: input };
    while ('next' in current) {
      current = await this.enter(
        current.next,
        asFields(states[current.next], `the state ${current.next}`),
        current.data,
      );
    }
    return current;
  }

  private async enter(name: string, state: Fields, data: Json): Promise<Step> {
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
        // All expressions see the variables as they were.
        if (state.Assign !== undefined) Object.assign(this.variables, this.evaluate(state.Assign, scope));
        if (state.InputPath !== undefined) return leave(state, resolve(asText(state.InputPath, 'InputPath'), scope));
        if (state.Parameters === undefined) return leave(state, data);
        return leave(state, placedAt(state.ResultPath, this.evaluate(state.Parameters, scope), data));
      case 'Map':
        return leave(state, placedAt(state.ResultPath, await this.map(state, scope), data));
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
        const { TimeoutSeconds: timeout } = state;
        const outcome = await this.options.task({
          state: name,
          resource,
          parameters,
          retryCount,
          ...(timeout !== undefined && { timeoutSeconds: asNumber(timeout, 'TimeoutSeconds') }),
        });
        if ('error' in outcome) {
          throw new StateError(outcome.error, outcome.cause);
        }
        const output = withinLimit(outcome.output);
        const selector = state.ResultSelector;
        const result = selector === undefined ? output : this.evaluate(selector, this.scope(name, output, retryCount));
        return leave(state, placedAt(state.ResultPath, result, data));
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
        return caught(state, failure, data);
      }
    }
  }

  /** One item after the other. An error that no item catches is the error of the Map. */
  private async map(state: Fields, scope: Scope): Promise<Json> {
    const { StartAt, States } = asFields(state.ItemProcessor, 'ItemProcessor');
    const outputs: Json[] = [];
    for (const item of asList(resolve(asText(state.ItemsPath, 'ItemsPath'), scope), 'ItemsPath')) {
      const context = { ...asFields(scope.context, 'the context'), Map: { Item: { Value: item } } };
      const input = state.ItemSelector === undefined ? item : fillIn(state.ItemSelector, { ...scope, context });
      const end = await this.follow(asFields(States, 'States'), asText(StartAt, 'StartAt'), input);
      if (!('output' in end)) throw new StateError(end.error ?? 'States.Runtime', end.cause ?? '');
      outputs.push(end.output);
    }
    return outputs;
  }

  private now(): number {
    return (this.options.now ?? Date.now)();
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
        Execution: {
          Name: executionName,
          Input: inputOf(this.options),
          StartTime: new Date(this.started).toISOString(),
        },
        State: { Name: name, RetryCount: retryCount, EnteredTime: new Date(this.now()).toISOString() },
        Task: { Token: randomUUID() },
      },
      variables: this.variables,
      random: () => this.random(),
    };
  }

  private evaluate(template: Json, scope: Scope): Json {
    return withinLimit(fillIn(template, scope));
  }
}

/** Only a missing input is `{}`: `null` is an input. */
function inputOf({ input }: InterpretOptions): Json {
  return input === undefined ? {} : input;
}

function leave(state: Fields, data: Json): Step {
  return state.End === true ? { output: data } : { next: asText(state.Next, 'Next'), data };
}

/** Handles a caught error: it replaces the input of the next state, or one property of it. */
function caught(state: Fields, failure: StateError, data: Json): Step {
  for (const catcher of asList(state.Catch ?? [], 'Catch').map((item) => asFields(item, 'a catcher'))) {
    expectOnly(catcher, ['ErrorEquals', 'ResultPath', 'Next'], 'a catcher');
    if (matches(catcher, failure.error)) {
      const result = { Error: failure.error, Cause: failure.cause };
      return {
        next: asText(catcher.Next, 'Next of a catcher'),
        data: placedAt(catcher.ResultPath, result, data),
      };
    }
  }
  throw failure;
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
