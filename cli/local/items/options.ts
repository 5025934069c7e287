import { readFileSync } from 'node:fs';
import type { ForEach } from '../../../modules/config/for-each';
import { errorMessage } from '../../../modules/problems/error-message';
import { UsageError } from '../../command/usage-error';
import type { LocalArguments } from '../arguments';
import { PAYLOAD_BUCKET } from '../local-job';

type ItemsOptions = Pick<LocalArguments, 'job' | 'jobs' | 'manifest' | 'aws' | 'endpoint' | 'printEvent'>;

/**
 * Refuses options that don't go with the items of a job.
 *
 * @throws UsageError
 */
export function checkItems(
  forEach: ForEach | undefined,
  { job, jobs, manifest, aws, endpoint, printEvent }: ItemsOptions,
): void {
  if (forEach === undefined && jobs !== undefined)
    throw new UsageError(`--jobs: ${job} has no forEach, so each attempt is one container. Remove --jobs.`);
  if (forEach?.s3Manifest === undefined && manifest !== undefined)
    throw new UsageError(`--manifest: ${job} has no forEach with s3Manifest. Remove --manifest.`);
  if (forEach === undefined) return;
  if (aws)
    throw new UsageError(
      '--aws cannot be used with a job with forEach: its containers would look for their items in your account. Remove --aws, or use an emulator: --endpoint <url>.',
    );
  if (manifest !== undefined && endpoint !== undefined)
    throw new UsageError(
      '--manifest and --endpoint exclude each other: the emulator has the object. Remove one of the two.',
    );
  if (forEach.s3Manifest !== undefined && manifest === undefined && endpoint === undefined && !printEvent)
    throw new UsageError(
      `${job} has its items in an object of Amazon S3. Give a file in its place: --manifest <file>. Or use an emulator: --endpoint <url>.`,
    );
}

/**
 * Reads a file in the place of every object that a run has not stored itself.
 *
 * @throws UsageError if it can't be read
 */
export function manifestIn(file: string): (path: string) => Buffer | undefined {
  try {
    const content = readFileSync(file);
    return (path) => (path.startsWith(`/${PAYLOAD_BUCKET}/`) ? undefined : content);
  } catch (error) {
    throw new UsageError(`--manifest: the items cannot be read: ${errorMessage(error)}.`);
  }
}
