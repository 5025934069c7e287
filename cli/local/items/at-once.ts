import { availableParallelism, totalmem } from 'node:os';

/** Part of this machine's memory that containers may have together. */
const SHARE = 0.75;

/**
 * How many containers of a job this machine runs at the same time: one for each CPU, as far as there is memory.
 *
 * @param memory MiB that each container may use
 */
export function jobsAtOnce(
  memory: number,
  machine = { cpus: availableParallelism(), memory: totalmem() / 1_048_576 },
): number {
  return Math.max(1, Math.min(machine.cpus, Math.floor((machine.memory * SHARE) / memory)));
}
