import { ConfigError, formatFound, type Problem } from '../config/problem';
import type { Statement } from './policy';

/** Statements of this project's own and those that a config adds to them. */
export interface AddedStatements {
  readonly own: readonly Statement[];
  readonly added: readonly Statement[];
  /** The property of the config with the added ones. */
  readonly property: string;
}

/**
 * All statements of a role.
 *
 * @param place of whatever has the property, for the report
 * @throws ConfigError if two have one Sid, which IAM refuses
 */
export function allStatements({ own, added, property }: AddedStatements, place: string): Statement[] {
  const problems = added.flatMap(({ Sid }, index): Problem[] => {
    if (Sid === undefined || !own.some((statement) => statement.Sid === Sid)) return [];
    const accepted = 'a Sid that no statement of the policy has';
    const found = `${formatFound(Sid)}, which is the Sid of a built-in statement`;
    return [{ path: `${property}[${index}].Sid`, found, accepted, fix: 'rename it, or remove Sid' }];
  });
  if (problems.length > 0) throw new ConfigError(problems, place);
  return [...own, ...added];
}
