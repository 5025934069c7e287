import type { AwsCredentials } from '../../modules/orchestration/trigger/environment';
import { awsCredentials } from '../command/aws-credentials';

/**
 * The developer's AWS credentials for a local run.
 *
 * @throws UsageError if no credentials are found
 */
export async function developerCredentials(): Promise<AwsCredentials> {
  const found = awsCredentials(
    undefined,
    (reason) => `--aws: no AWS credentials were found (${reason}). Set AWS_PROFILE, or sign in with aws sso login.`,
  );
  const { accessKeyId, secretAccessKey, sessionToken } = typeof found === 'function' ? await found() : found;
  return { accessKeyId, secretAccessKey, sessionToken };
}
