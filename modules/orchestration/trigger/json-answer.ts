import { asObject, type JsonObject } from './json';
import { StartError } from './start-error';

/**
 * The object that a service answered a request with.
 *
 * @throws StartError if the answer is none: a proxy's page, or an answer cut off. Curable, so ask only what may be asked twice.
 */
export function jsonAnswer(body: string, service: string): JsonObject {
  let answer: JsonObject | undefined;
  try {
    answer = asObject(JSON.parse(body));
  } catch {
    // Said below.
  }
  if (answer === undefined)
    throw new StartError('InvalidResponse', `${service} answered with something that is not JSON.`, true);
  return answer;
}
