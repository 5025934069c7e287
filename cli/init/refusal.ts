import { UsageError } from '../usage-error';

/** What stops `init` before the first file is written: a problem, and what to do about it. */
export function refusal(problem: string): UsageError {
  return new UsageError(`${problem} Nothing was written.`);
}
