import { createHash } from 'node:crypto';
import { sendAwsRequest } from '../../orchestration/trigger/aws-request';
import { deadlineIn } from '../../orchestration/trigger/deadline';
import { objectUrl } from '../../orchestration/trigger/endpoint';
import { withRetries } from '../../orchestration/trigger/retry';
import { StartError } from '../../orchestration/trigger/start-error';
import { partitionOf } from '../../rules/partitions';
import { jobCredentials } from './credentials';
import type { EventReference } from './reference';

/** Milliseconds that fetching may take with its repetitions. */
const FETCH_MS = 60_000;

/**
 * Fetches an event with the job's own credentials.
 *
 * @throws StartError if it cannot be read, or is not what the reference says
 */
export async function fetchEvent(
  { bucket, key, sha256 }: EventReference,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const region = variables.AWS_REGION || variables.AWS_DEFAULT_REGION;
  if (!region) throw new StartError('NoRegion', 'the container has no AWS_REGION', false);
  const configured = variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || undefined;
  const url = objectUrl({ region, partition: partitionOf(region), configured }, bucket, key);
  const body = await withRetries(async (timeoutMs) => {
    const credentials = await jobCredentials(variables, timeoutMs);
    const request = { service: 's3', region, credentials, method: 'GET', url, headers: {}, body: '' } as const;
    return (await sendAwsRequest(request, timeoutMs)).body;
  }, deadlineIn(FETCH_MS));
  const found = createHash('sha256').update(body).digest('hex');
  if (found === sha256) return body;
  throw new StartError('EventChanged', `s3://${bucket}/${key} has the SHA-256 ${found} and not ${sha256}`, false);
}
