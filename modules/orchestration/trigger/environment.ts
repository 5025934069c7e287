import { DEFAULT_OVERRIDES_BUDGET, MAX_CONTAINER_OVERRIDES_LENGTH } from './overrides-budget';

/** The function's settings, from its environment variables. */
export interface TriggerEnvironment {
  /** `STATE_MACHINE_ARN`: the state machine whose executions are started. */
  readonly stateMachineArn: string;
  /** `JOB_NAME`: first part of each execution's name, and the folder in the payload bucket. */
  readonly jobName: string;
  /** `PAYLOAD_BUCKET`: stores the events that do not fit into the container's overrides. @default - such events are rejected */
  readonly payloadBucket: string | undefined;
  /** `OVERRIDES_BUDGET`: characters of the container overrides that are left for the event, 0 to 8,192. @default 7,168 */
  readonly overridesBudget: number;
  /** `AWS_REGION`. @default - the state machine's region */
  readonly region: string;
  /** `AWS_ENDPOINT_URL_SFN`, else `AWS_ENDPOINT_URL`. @default - the region's public endpoint */
  readonly stepFunctionsEndpoint: string | undefined;
  /** `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`. @default - the region's public endpoint */
  readonly s3Endpoint: string | undefined;
  /** `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`: the function's role, put there by Lambda. */
  readonly credentials: AwsCredentials;
}

/** Credentials to sign a request with. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Part of temporary credentials, such as a role's. */
  readonly sessionToken: string | undefined;
}

/** @throws Error with the name of a variable that is missing or invalid. */
export function triggerEnvironment(variables: Readonly<Record<string, string | undefined>>): TriggerEnvironment {
  const required = (name: string) => {
    const value = variables[name];
    if (!value) throw new Error(`The environment variable ${name} is not set.`);
    return value;
  };
  const stateMachineArn = required('STATE_MACHINE_ARN');
  return {
    stateMachineArn,
    jobName: required('JOB_NAME'),
    payloadBucket: variables.PAYLOAD_BUCKET || undefined,
    overridesBudget: overridesBudgetOf(variables.OVERRIDES_BUDGET),
    region: variables.AWS_REGION || stateMachineArn.split(':')[3] || required('AWS_REGION'),
    stepFunctionsEndpoint: variables.AWS_ENDPOINT_URL_SFN || variables.AWS_ENDPOINT_URL || undefined,
    s3Endpoint: variables.AWS_ENDPOINT_URL_S3 || variables.AWS_ENDPOINT_URL || undefined,
    credentials: {
      accessKeyId: required('AWS_ACCESS_KEY_ID'),
      secretAccessKey: required('AWS_SECRET_ACCESS_KEY'),
      sessionToken: variables.AWS_SESSION_TOKEN || undefined,
    },
  };
}

function overridesBudgetOf(text: string | undefined): number {
  if (!text) return DEFAULT_OVERRIDES_BUDGET;
  const budget = Number(text);
  if (!Number.isInteger(budget) || budget < 0 || budget > MAX_CONTAINER_OVERRIDES_LENGTH) {
    throw new Error(
      `OVERRIDES_BUDGET is "${text}"; it takes a whole number of characters from 0 to ${MAX_CONTAINER_OVERRIDES_LENGTH}.`,
    );
  }
  return budget;
}
