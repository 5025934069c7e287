import { createHash } from 'node:crypto';
import type { Variables } from './credentials';
import type { EventReference } from './event-reference';
import { LIMITS, objectBody } from './object-body';
import { RequestError } from './request';

/**
 * Reads the JSON of a large event with the job's credentials.
 *
 * @throws Error if it cannot be read within a minute, or is not what the reference says
 */
export async function fetchEvent(reference: EventReference, variables: Variables, limits = LIMITS): Promise<string> {
  try {
    const body = await objectBody(reference, variables, limits);
    check(body, reference);
    return body.toString('utf8');
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    throw new Error(`The job's event could not be read from ${reference.uri}: ${error.message}`, { cause: error });
  }
}

function check(body: Buffer, { bytes, sha256 }: EventReference): void {
  if (bytes !== undefined && body.length !== bytes)
    throw new RequestError(`the object has ${body.length} bytes and not ${bytes}`, false);
  const found = createHash('sha256').update(body).digest('hex');
  if (found !== sha256) throw new RequestError(`the object has the SHA-256 ${found} and not ${sha256}`, false);
}
