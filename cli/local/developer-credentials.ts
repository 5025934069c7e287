import { errorMessage } from '../../modules/error-message';
import type { AwsCredentials } from '../../modules/orchestration/trigger/environment';
import { UsageError } from '../usage-error';

/**
 * The developer's AWS credentials, found as the AWS CLI finds them: variables, profile, single sign-on.
 *
 * @throws UsageError if no credentials are found
 */
export async function developerCredentials(): Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  // The SDK would prefer AWS_PROFILE if both are set.
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN || undefined,
    };
  }
  // Slow to load, and rarely needed.
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await fromNodeProviderChain()();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    const reason = errorMessage(error).replace(/\s+/g, ' ');
    throw new UsageError(
      `--aws: no AWS credentials were found (${reason}). Set AWS_PROFILE, or sign in with aws sso login.`,
    );
  }
}
