import { createHash } from 'node:crypto';
import { sendAwsRequest } from './aws-request';
import type { Deadline } from './deadline';
import { objectUrl } from './endpoint';
import type { TriggerEnvironment } from './environment';
import { overridesShare } from './overrides-share';
import { withRetries } from './retry';
import { StartError } from './start-error';

/** The code of the error for an event that is too large where no bucket could take it. */
export const EVENT_TOO_LARGE = 'EventTooLarge';

/** Stands in an execution's input for an event that is kept in the payload bucket. */
export interface PayloadReference {
  readonly stpPayload: {
    /** `s3://<bucket>/<key>` of an object that holds the event's JSON text. */
    readonly s3Uri: string;
    /** Of the object's bytes, in lower-case hexadecimal. */
    readonly sha256: string;
    /** Size of the object. */
    readonly bytes: number;
  };
}

/** Whether the event fits into the overrides of the container that will get it. */
export function fitsOverrides(eventJson: string, budget: number): boolean {
  // No writer makes it shorter, so a large event need not be walked through to know.
  return eventJson.length <= budget && overridesShare(eventJson) <= budget;
}

/**
 * Key of an event's object. The digest is part of it because a redelivery has the same name but not the same bytes (a
 * queue's receive count, say), and must not replace what a running job was told to read. An identical retry writes the same object.
 */
export function payloadKey(jobName: string, name: string, sha256: string): string {
  return `${jobName}/${name}/${sha256}.json`;
}

/**
 * The execution's input for an event: its JSON text where that fits, else a reference to the object that now holds it.
 * It returns once the object is stored: an execution never refers to one that is not there.
 *
 * @throws StartError when the bucket cannot be written, or there is none.
 */
export async function executionInput(
  eventJson: string,
  name: string,
  environment: TriggerEnvironment,
  deadline: Deadline,
): Promise<string> {
  if (fitsOverrides(eventJson, environment.overridesBudget)) return eventJson;
  const bytes = Buffer.byteLength(eventJson);
  const bucket = environment.payloadBucket;
  if (!bucket) {
    throw new StartError(
      EVENT_TOO_LARGE,
      `The event has ${bytes} bytes. AWS Batch fails a job whose container overrides pass 8,192 characters, of which ` +
        `${environment.overridesBudget} are left for the event, and this job has no payload bucket to take it instead.`,
      false,
    );
  }

  const sha256 = createHash('sha256').update(eventJson).digest('hex');
  const key = payloadKey(environment.jobName, name, sha256);
  const partition = environment.stateMachineArn.split(':')[1] ?? 'aws';
  const url = objectUrl({ region: environment.region, partition, configured: environment.s3Endpoint }, bucket, key);
  await withRetries(async (timeoutMs) => {
    const { etag } = await sendAwsRequest(
      {
        service: 's3',
        region: environment.region,
        credentials: environment.credentials,
        method: 'PUT',
        url,
        // S3 checks the body against this digest before it stores anything.
        headers: { 'Content-Type': 'application/json', 'X-Amz-Content-Sha256': sha256 },
        body: eventJson,
      },
      timeoutMs,
    );
    // A proxy's page says 200 as well, and nothing was stored.
    if (etag === undefined) throw new StartError('InvalidResponse', 'S3 answered without the ETag of an object.', true);
  }, deadline);
  const reference: PayloadReference = { stpPayload: { s3Uri: `s3://${bucket}/${key}`, sha256, bytes } };
  return JSON.stringify(reference);
}
