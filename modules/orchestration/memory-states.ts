import { memoryNames } from './state-names';
import type { AssignState, SubmitJobParameters, Variables } from './states-language';

/** Names of the variables of an execution whose job gets more memory after an attempt that was killed for it. */
const VARIABLES = {
  /** MiB of the next submission, as AWS Batch wants them: a string. */
  memory: 'memory',
  /** Attempts so far that were killed for memory. */
  kills: 'outOfMemory',
  /** MiB after the first of them, the second, and so on. */
  levels: 'moreMemory',
} as const;

/** What follows the end of an attempt: the state to enter if it was killed for memory, and if it failed otherwise. */
export interface MemoryStates {
  readonly killed: string;
  readonly otherwise: string;
  readonly states: Readonly<Record<string, AssignState>>;
}

/**
 * The states that set the memory of the attempt after this one. The first attempt has the memory of the job definition, and no variable.
 *
 * They are states, although a Choice could set variables too: the emulators that the documents are tested with don't agree on when.
 *
 * @param levels of a plan
 * @param next what follows
 */
export function memoryStates(
  levels: readonly number[],
  attempt: { readonly number: number; readonly name: string; readonly of: number },
  next: string,
): MemoryStates {
  const { more, same } = memoryNames(attempt.name);
  const set = (Assign: Variables): AssignState => ({ Type: 'Pass', Assign, Next: next });
  if (attempt.number > 1) return { killed: more, otherwise: next, states: { [more]: set(ONE_MORE) } };
  const [own = '', ...after] = levels.map(String);
  // One for each attempt that can be killed and is not the last, so that no attempt asks for one that isn't there.
  const all = Array.from({ length: attempt.of - 1 }, (_, index) => after[index] ?? after.at(-1) ?? own);
  const { memory, kills, levels: list } = VARIABLES;
  const first = (mebibytes: string, killed: number) => set({ [memory]: mebibytes, [kills]: killed, [list]: all });
  return { killed: more, otherwise: same, states: { [more]: first(all[0] ?? own, 1), [same]: first(own, 0) } };
}

/** One more attempt was killed. Both expressions see the number before it. */
const ONE_MORE: Variables = {
  [`${VARIABLES.memory}.$`]: `States.ArrayGetItem($${VARIABLES.levels}, $${VARIABLES.kills})`,
  [`${VARIABLES.kills}.$`]: `States.MathAdd($${VARIABLES.kills}, 1)`,
};

/** MiB after one attempt that was killed for memory, two and so on, in what the first attempt's state sets. Empty for anything else. */
export function memoriesOf(assigned: unknown): string[] {
  const { [VARIABLES.levels]: levels }: { readonly [name: string]: unknown } = Object(assigned);
  return Array.isArray(levels) ? [...new Set(levels.map(String))] : [];
}

/** What a submission overrides. The first attempt overrides nothing: its memory is that of the job definition. */
export function memoryOverride(
  levels: readonly number[] | undefined,
  attempt: number,
): Pick<SubmitJobParameters['ContainerOverrides'], 'ResourceRequirements'> {
  if (levels === undefined || attempt === 1) return {};
  return { ResourceRequirements: [{ Type: 'MEMORY', 'Value.$': `$${VARIABLES.memory}` }] };
}
