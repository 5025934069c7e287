import { createHash } from 'node:crypto';
import { EVENT_TOO_LARGE } from './answer';
import { sendAwsRequest } from './aws-request';
import type { Deadline } from './deadline';
import { objectUrl } from './endpoint';
import type { TriggerEnvironment } from './environment';
import { overridesShare } from './overrides-share';
import { withRetries } from './retry';
import { StartError } from './start-error';

/** The part of an execution's input that refers to an event in the payload bucket. */
export interface PayloadReference {
  readonly stpPayload: {
    /** `s3://<bucket>/<key>` of the object with the event's JSON. */
    readonly s3Uri: string;
    /** SHA-256 of the object, in lower-case hexadecimal. */
    readonly sha256: string;
    /** Size of the object, in bytes. */
    readonly bytes: number;
  };
}

/** Whether the event fits into the overrides of its container. */
export function fitsOverrides(eventJson: string, budget: number): boolean {
  // No JSON writer makes it shorter, so a large event doesn't have to be scanned.
  return eventJson.length <= budget && overridesShare(eventJson) <= budget;
}

/**
 * Key of an event's object. Includes the digest because a redelivered event has the same name but different bytes (such as a queue's
 * receive count), and must not replace the object that a running job reads. An identical retry writes the same object.
 */
export function payloadKey(jobName: string, name: string, sha256: string): string {
  return `${jobName}/${name}/${sha256}.json`;
}

/**
 * The execution's input for an event: its JSON if it fits, otherwise a reference to an object. Waits until the object is stored, so that
 * an execution never refers to a missing object.
 *
 * @throws StartError if the bucket cannot be written to, or there is none.
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
        // S3 checks the body against this digest before it stores the object.
        headers: { 'Content-Type': 'application/json', 'X-Amz-Content-Sha256': sha256 },
        body: eventJson,
      },
      timeoutMs,
    );
    // A proxy's page also has status 200, but nothing was stored.
    if (etag === undefined) throw new StartError('InvalidResponse', 'S3 answered without the ETag of an object.', true);
  }, deadline);
  const reference: PayloadReference = { stpPayload: { s3Uri: `s3://${bucket}/${key}`, sha256, bytes } };
  return JSON.stringify(reference);
}
