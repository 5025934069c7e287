import type { ConfigError, Problem } from '../../modules/config/problem';

/** The problems of an error, without the code and the sentence, which follow from the rest. */
export function found({ problems }: ConfigError): readonly Problem[] {
  return problems.map(({ code, message, ...problem }) => problem);
}
