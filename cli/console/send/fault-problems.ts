import { UsageError } from '../../command/usage-error';
import { FAULT_PARSERS } from '../../local/arguments';
import type { Faults } from '../../model/faults';

/** What the command `local` says of the values, by field. */
export function faultProblems(faults: Faults): { [Field in keyof Faults]?: string } {
  const problems = Object.entries(FAULT_PARSERS).flatMap(([field, parse]) => {
    const text = faults[field as keyof typeof FAULT_PARSERS];
    if (text === undefined) return [];
    try {
      parse(text);
      return [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return [[field, error.message]];
    }
  });
  return Object.fromEntries(problems);
}
