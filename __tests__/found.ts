import type { ConfigError } from '../modules/problems/config-error';
import type { Problem } from '../modules/problems/problem';

/** The problems of an error, without the code and the sentence, which follow from the rest. */
export function found({ problems }: ConfigError): readonly Problem[] {
  return problems.map(({ code, message, ...problem }) => problem);
}
