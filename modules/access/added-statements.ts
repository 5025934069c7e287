import { ConfigError } from '../problems/config-error';
import { foundValue } from '../problems/found';
import type { StatedProblem } from '../problems/problem';
import type { Statement } from './policy';

/** This project's statements, and those that a config adds. */
export interface AddedStatements {
  readonly own: readonly Statement[];
  readonly added: readonly Statement[];
  /** Names of statements that the role's owner adds itself. @default none */
  readonly taken?: readonly string[];
  /** The property of the config with the added statements, or its path. */
  readonly property: string | readonly string[];
}

/**
 * All statements of a role.
 *
 * @param place path of the property's owner, for error messages
 * @throws ConfigError if two have the same Sid, which IAM rejects
 */
export function allStatements({ own, taken = [], added, property }: AddedStatements, place: string): Statement[] {
  const sids = [...taken, ...own.map(({ Sid }) => Sid)];
  const problems = added.flatMap(({ Sid }, index): StatedProblem[] => {
    if (Sid === undefined || !sids.includes(Sid)) return [];
    const accepted = 'a Sid that no statement of the policy has';
    const found = foundValue(Sid, ', which is the Sid of a built-in statement');
    return [{ keys: [...[property].flat(), index, 'Sid'], found, accepted, fix: 'rename it, or remove Sid' }];
  });
  if (problems.length > 0) throw new ConfigError(problems, place);
  return [...own, ...added];
}
