/** MiB of the largest instance. */
export const MOST_MEMORY = 25_165_824;

/** What attempts get that follow one that was killed for memory. */
export interface MoreMemory {
  /**
   * Factor between the memory of one level and the next.
   * @default 2
   */
  readonly memoryMultiplier?: number;
  /** MiB of the last level. */
  readonly maxMemory: number;
}

/** What is used if the config doesn't say it. */
export const MORE_MEMORY_DEFAULTS = { memoryMultiplier: 2 } as const;

/** Below a tenth more, attempts are spent for almost the same memory. */
export const MORE_MEMORY_LIMITS = { memoryMultiplier: { min: 1.1 } } as const;

/**
 * MiB of each level: that of the job, and what each further attempt that was killed for memory leads to, in whole MiB. At most as many as
 * attempts, because each attempt can be killed once.
 */
export function memoryLevels(memory: number, more: MoreMemory, attempts: number): number[] {
  const { memoryMultiplier = MORE_MEMORY_DEFAULTS.memoryMultiplier, maxMemory } = more;
  const levels = [memory];
  for (let level = 1; level < attempts; level++) {
    const last = levels.at(-1) ?? memory;
    if (last >= maxMemory) break;
    // Without what a binary fraction adds: 1,000 x 1.1 is 1,100.
    const next = Math.ceil(Number((memory * memoryMultiplier ** level).toPrecision(12)));
    levels.push(Math.min(Math.max(next, last + 1), maxMemory));
  }
  return levels;
}
