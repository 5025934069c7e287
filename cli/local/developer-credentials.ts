import { errorMessage } from '../../modules/error-message';
import type { AwsCredentials } from '../../modules/orchestration/trigger/environment';
import { UsageError } from '../usage-error';

/**
 * The developer's own AWS credentials, found as the AWS CLI finds them: variables, profile, single sign-on.
 *
 * @throws UsageError if there are none
 */
export async function developerCredentials(): Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  // The SDK would rather take AWS_PROFILE, if that is set too.
  if (AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN || undefined,
    };
  }
  // Takes long to load, and few runs ask for it.
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  try {
    const { accessKeyId, secretAccessKey, sessionToken } = await fromNodeProviderChain()();
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    const reason = errorMessage(error).replace(/\s+/g, ' ');
    throw new UsageError(
      `--aws: no AWS credentials are found (${reason}): set AWS_PROFILE, or sign in with aws sso login`,
    );
  }
}
