import type { SubmitJobParameters, Variables } from './states-language';

/** Names of the variables of an execution whose job gets more memory after an attempt that was killed for it. */
const VARIABLES = {
  /** MiB of the next submission, as AWS Batch wants them: a string. */
  memory: 'memory',
  /** Attempts so far that were killed for memory. */
  kills: 'outOfMemory',
  /** MiB after the first of them, the second, and so on. */
  levels: 'moreMemory',
} as const;

/**
 * What the end of an attempt sets. The first attempt has the memory of the job definition, and no variable.
 *
 * @param levels of a plan
 */
export function memoryVariables(levels: readonly number[], attempt: number, maximumAttempts: number) {
  const { memory, kills } = VARIABLES;
  if (attempt > 1) {
    const more: Variables = {
      [`${memory}.$`]: `States.ArrayGetItem($${VARIABLES.levels}, $${kills})`,
      [`${kills}.$`]: `States.MathAdd($${kills}, 1)`,
    };
    return { killed: more };
  }
  const [own = 0, ...more] = levels;
  // One for each attempt that can be killed and is not the last, so that no attempt asks for one that isn't there.
  const after = Array.from({ length: maximumAttempts - 1 }, (_, index) => String(more[index] ?? more.at(-1) ?? own));
  const set = (value: string, killed: number): Variables => ({
    [memory]: value,
    [kills]: killed,
    [VARIABLES.levels]: after,
  });
  return { killed: set(after[0] ?? String(own), 1), otherwise: set(String(own), 0) };
}

/** What a submission overrides. The first attempt overrides nothing: its memory is that of the job definition. */
export function memoryOverride(
  levels: readonly number[] | undefined,
  attempt: number,
): Pick<SubmitJobParameters['ContainerOverrides'], 'ResourceRequirements'> {
  if (levels === undefined || attempt === 1) return {};
  return { ResourceRequirements: [{ Type: 'MEMORY', 'Value.$': `$${VARIABLES.memory}` }] };
}
