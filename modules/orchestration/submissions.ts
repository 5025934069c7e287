import { templateDocument } from '../terraform/template';
import { ITEMS_VARIABLE } from './items/format';

/** What a state machine submits to AWS Batch, as far as it says: one that is deployed can be changed by hand, or of another version. */
export interface Submission {
  readonly queueArn?: string;
  readonly timeoutSeconds?: number;
  readonly attempt?: number;
  readonly maximumAttempts?: number;
  /** MiB, if it overrides the job definition's. */
  readonly memory?: number;
  /** Of a job with `forEach`. */
  readonly children?: SubmittedChildren;
}

/** The children of an array, of which one is a plain job. */
export interface SubmittedChildren {
  readonly size: number;
  /** `s3://` URI of the object that says which item each child has. */
  readonly indexUri: string;
}

/** The definition of a state machine in AWS or in a synthesized stack, by the names of its states. Empty if it is none. */
export function readStates(definition: string): ReadonlyMap<string, Fields> {
  return statesOf(templateDocument(definition));
}

/** The states of a definition that was read, by their names. */
export function statesOf(document: unknown): ReadonlyMap<string, Fields> {
  return new Map(statesIn(fields(document).States));
}

/** Also those inside of a Map state. No two of a definition have the same name. */
function statesIn(states: unknown): [name: string, state: Fields][] {
  return Object.entries(fields(states)).flatMap(([name, value]) => {
    const state = fields(value);
    return [[name, state], ...statesIn(fields(state.ItemProcessor).States)];
  });
}

/** The submissions of a state machine, in the order of its states. */
export function submissions(states: ReadonlyMap<string, Fields>): Submission[] {
  return [...states.values()].map(({ Parameters }) => submission(Parameters)).filter(({ queueArn }) => queueArn);
}

/** Every queue that a state machine submits to, in the order of its states. */
export function queueArns(definition: string): string[] {
  return [...new Set(submissions(readStates(definition)).flatMap(({ queueArn }) => queueArn ?? []))];
}

/** A submission in an execution's history. */
export function readSubmission(parameters: string | undefined): Submission {
  return submission(templateDocument(parameters));
}

function submission(parameters: unknown): Submission {
  const { JobQueue, Timeout, ContainerOverrides, ArrayProperties } = fields(parameters);
  const { Environment, ResourceRequirements } = fields(ContainerOverrides);
  const variables = new Map(
    (Array.isArray(Environment) ? Environment : []).map(fields).map(({ Name, Value }) => [Name, Value]),
  );
  const indexUri = variables.get(ITEMS_VARIABLE);
  return {
    ...(typeof JobQueue === 'string' && { queueArn: JobQueue }),
    timeoutSeconds: number(fields(Timeout).AttemptDurationSeconds),
    attempt: number(variables.get('STP_CURRENT_ATTEMPT')),
    maximumAttempts: number(variables.get('STP_MAXIMUM_ATTEMPTS')),
    memory: memoryOf(ResourceRequirements),
    ...(typeof indexUri === 'string' && { children: { size: number(fields(ArrayProperties).Size) ?? 1, indexUri } }),
  };
}

/** Undefined also in a state, where the memory is an expression. */
function memoryOf(requirements: unknown): number | undefined {
  const all = (Array.isArray(requirements) ? requirements : []).map(fields);
  return number(all.find(({ Type }) => Type === 'MEMORY')?.Value);
}

interface Fields {
  readonly [name: string]: unknown;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function number(value: unknown): number | undefined {
  return value === undefined ? undefined : Number(value);
}
