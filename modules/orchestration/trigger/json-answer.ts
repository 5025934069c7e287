import { asObject, type JsonObject } from './json';
import { StartError } from './start-error';

/**
 * The object in a service's response.
 *
 * @throws StartError if the response is anything else, such as a proxy's page or an incomplete response. Curable, so use it only for
 * requests that can be repeated.
 */
export function jsonAnswer(body: string, service: string): JsonObject {
  let answer: JsonObject | undefined;
  try {
    answer = asObject(JSON.parse(body));
  } catch {
    // Reported below.
  }
  if (answer === undefined)
    throw new StartError('InvalidResponse', `${service} answered with something that is not JSON.`, true);
  return answer;
}
