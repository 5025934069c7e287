import { mibText } from '../price-text';
import type { Attempt, RetryPolicy, Run } from '../run';
import { isOutOfMemory } from './reason';

/**
 * MiB of the attempt that follows one that was killed for memory. Undefined if the job gets no other memory then.
 *
 * @param memory what the attempt had
 */
export function nextMemory({ memoryLevels }: RetryPolicy, memory: number | undefined): number | undefined {
  if (memoryLevels === undefined || memory === undefined) return undefined;
  return memoryLevels.find((level) => level > memory);
}

/** What an attempt had, and what the next one gets if it was killed for memory. Undefined for a job whose memory stays. */
export function memoryFact({ policy }: Run, { memory, reason, starts }: Attempt): string | undefined {
  if (policy.memoryLevels === undefined || memory === undefined) return undefined;
  const next = nextMemory(policy, memory);
  const isKilled = isOutOfMemory(reason, starts.at(-1)?.reason);
  return isKilled && next !== undefined ? `${mibText(memory)}, ${mibText(next)} in the next attempt` : mibText(memory);
}

/** ` with 3,600 MiB`, of an attempt that follows one that was killed for memory, if that gives it more. Else empty. */
export function withMoreMemory(policy: RetryPolicy, ended: Pick<Attempt, 'memory' | 'reason'>): string {
  const next = isOutOfMemory(ended.reason) ? nextMemory(policy, ended.memory) : undefined;
  return next === undefined ? '' : ` with ${mibText(next)}`;
}
