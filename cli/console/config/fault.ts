import { inspect } from 'node:util';
import { type ConfigError, statedProblems } from '../../../modules/problems/config-error';
import { errorMessage } from '../../../modules/problems/error-message';
import { instructionOf } from '../../../modules/problems/problem-message';
import { configError } from '../../command/error-document';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { shownText } from '../../model/log-text';
import type { ConfigProblem } from '../../model/stack';
import type { Answer, Refused } from './messages';

/** Why a config cannot be loaded: its problems, and the text of all of them. An error that is no problem of a config is only a text. */
export function refusal(error: unknown): Pick<Refused, 'problems' | 'report'> {
  const config = configError(error);
  if (config !== undefined) return { problems: problemsOf(config), report: shownText(config.message) };
  const isComplete = error instanceof UsageError || error instanceof CommandFailure;
  return { problems: [], report: shownText(isComplete ? error.message : inspect(error)) };
}

/** Why a question has no answer. A defect, also of the config's code, has its stack trace. */
export function answerFault(error: unknown): NonNullable<Answer['error']> {
  if (error instanceof UsageError || configError(error) !== undefined) {
    return { kind: 'usage', message: errorMessage(error) };
  }
  if (error instanceof CommandFailure) return { kind: 'failure', message: error.message };
  return { kind: 'defect', message: inspect(error) };
}

function problemsOf(error: ConfigError): ConfigProblem[] {
  return statedProblems(error).map(({ code, path, message, fix, place }) => ({
    code,
    path: shownText(path),
    message: shownText(message),
    instruction: shownText(instructionOf(fix) ?? '') || undefined,
    file: error.source,
    line: place?.line,
    column: place?.column,
  }));
}
