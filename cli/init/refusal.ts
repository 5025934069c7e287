import { UsageError } from '../command/usage-error';

/** An error that stops `init` before the first file is written: the problem, and how to fix it. */
export function refusal(problem: string): UsageError {
  return new UsageError(`${problem} Nothing was written.`);
}
