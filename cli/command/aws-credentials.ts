import { errorMessage } from '../../modules/problems/error-message';
import { UsageError } from './usage-error';

/** No credentials were found. */
export class MissingCredentials extends UsageError {}

/** Credentials of a person, or a function that gets them and renews them before they expire. */
export type Credentials = StaticCredentials | (() => Promise<StaticCredentials>);

export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/**
 * Your AWS credentials, in the order of the AWS CLI: the profile of an option, variables with keys, then AWS_PROFILE, single sign-on and
 * the rest of the chain.
 *
 * @param profile of the option `--profile`. @default none
 * @param message what to say if none are found. Gets the reason, and the profile if one was selected
 * @throws UsageError when they are needed and none are found
 */
export function awsCredentials(profile: string | undefined, message = noCredentials): Credentials {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = process.env;
  // The SDK would prefer AWS_PROFILE if both are set.
  if (profile === undefined && AWS_ACCESS_KEY_ID && AWS_SECRET_ACCESS_KEY) {
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN || undefined,
    };
  }
  // Slow to load, and rarely needed.
  type Providers = typeof import('@aws-sdk/credential-providers');
  const { fromNodeProviderChain } = require('@aws-sdk/credential-providers') as Providers;
  const chain = fromNodeProviderChain({ profile, logger: SILENT });
  return async () => {
    try {
      return await chain();
    } catch (error) {
      const reason = errorMessage(error).replace(/\s+/g, ' ');
      throw new MissingCredentials(message(reason.replace(/\.$/, ''), profile ?? process.env.AWS_PROFILE));
    }
  };
}

/** The SDK would warn of AWS_ACCESS_KEY_ID beside a profile, which --profile decides. */
const SILENT = { debug() {}, info() {}, warn() {}, error() {} };

function noCredentials(reason: string, profile: string | undefined): string {
  if (!profile) {
    return `No AWS credentials were found (${reason}). Set AWS_PROFILE or --profile, or sign in with aws sso login.`;
  }
  return (
    `The AWS profile ${JSON.stringify(profile)} has no credentials (${reason}). ` +
    `Sign in with aws sso login --profile ${profile}, or choose one of aws configure list-profiles.`
  );
}
