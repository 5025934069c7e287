import type { AwsCredentials } from '../trigger/environment';
import { asText } from '../trigger/json';

/** The function's settings. Those of the job come with each request: a run in progress keeps those that it began with. */
export interface ItemsEnvironment {
  /** `JOB_NAME`: the folder in the payload bucket. */
  readonly jobName: string;
  /** `PAYLOAD_BUCKET`: where items, indexes and failures are. */
  readonly bucket: string;
  readonly region: string;
  readonly partition: string;
  /** `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`. @default - the region's public endpoint */
  readonly s3Endpoint: string | undefined;
  /** `AWS_ENDPOINT_URL_BATCH`, else `AWS_ENDPOINT_URL`. @default - the region's public endpoint */
  readonly batchEndpoint: string | undefined;
  readonly credentials: AwsCredentials;
}

/**
 * @param functionArn ARN of the function that was invoked, for its partition
 * @throws Error with the name of a variable that is missing
 */
export function itemsEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
  functionArn: string,
): ItemsEnvironment {
  const required = (name: string) => {
    const value = variables[name];
    if (!value) throw new Error(`The environment variable ${name} is not set.`);
    return value;
  };
  return {
    jobName: required('JOB_NAME'),
    bucket: required('PAYLOAD_BUCKET'),
    region: required('AWS_REGION'),
    partition: asText(functionArn.split(':')[1]) ?? 'aws',
    s3Endpoint: variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || undefined,
    batchEndpoint: variables.AWS_ENDPOINT_URL_BATCH || variables.AWS_ENDPOINT_URL || undefined,
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: variables.AWS_SESSION_TOKEN || undefined,
    },
  };
}
