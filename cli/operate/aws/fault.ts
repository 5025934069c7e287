import { errorMessage } from '../../../modules/problems/error-message';
import { MissingCredentials } from '../../command/aws-credentials';
import { nextCommand } from '../../command/next-command';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { iamAction, STEERING_ACTIONS } from './iam-action';

/** A request that AWS rejected, as one line: what was not possible, and what to do. */
export class AwsFault extends CommandFailure {
  /**
   * @param code AWS's name of the error, such as `ExecutionDoesNotExist`, or Node's, such as `ECONNREFUSED`
   * @param action the IAM action, such as `states:ListExecutions`
   */
  constructor(
    message: string,
    readonly code: string,
    readonly action: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Makes a client throw {@link AwsFault} for every failed request, after its own retries. */
export function reportFaults({ middlewareStack }: SdkClient, region: string): void {
  middlewareStack.add(
    (next, { clientName = '', commandName = '' }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof UsageError || isAborted(error)) throw error;
          throw awsFault(error, iamAction(clientName, commandName), region);
        }
      },
    { step: 'initialize', priority: 'high', name: 'batchJobsFaults' },
  );
}

/** A client of the AWS SDK for any service. */
export interface SdkClient {
  readonly middlewareStack: {
    add(
      middleware: <Input, Output>(
        next: (args: Input) => Promise<Output>,
        context: { readonly clientName?: string; readonly commandName?: string },
      ) => (args: Input) => Promise<Output>,
      options: { readonly step: 'initialize'; readonly priority: 'high'; readonly name: string },
    ): void;
  };
  destroy(): void;
}

/** Whether a request ended because its caller gave it up. */
function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

const DENIED = /^(AccessDenied(Exception)?|AuthorizationError(Exception)?|UnauthorizedOperation|403|Forbidden)$/;
const BAD_CREDENTIALS = new RegExp(
  '^(ExpiredToken(Exception)?|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch|' +
    'IncompleteSignature|MissingAuthenticationToken(Exception)?|InvalidAccessKeyId|AuthFailure|TokenRefreshRequired)$',
);
// The last one is what streams of DynamoDB and Kinesis answer to too many readers at once.
const THROTTLED =
  /(Throttl|TooManyRequests|RequestLimitExceeded|ProvisionedThroughputExceeded|SlowDown|Rate exceeded|^LimitExceededException$)/i;
const UNREACHABLE = /^(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|TimeoutError)$/;

/** Whether a permission is missing. */
export function isDenied({ code, cause }: AwsFault): boolean {
  return DENIED.test(code) || (statusOf(cause) === 403 && !BAD_CREDENTIALS.test(code));
}

/** Whether credentials are missing, wrong or have expired. */
export function isBadCredentials(error: unknown): boolean {
  return error instanceof AwsFault ? BAD_CREDENTIALS.test(error.code) : error instanceof MissingCredentials;
}

/** Whether AWS rejected a request because of others. */
export function isThrottled({ code, cause }: AwsFault): boolean {
  return THROTTLED.test(code) || statusOf(cause) === 429;
}

/** Whether the same request can succeed soon: AWS throttles, has a fault, or cannot be reached. */
export function isPassing(fault: AwsFault): boolean {
  return isThrottled(fault) || UNREACHABLE.test(fault.code) || (statusOf(fault.cause) ?? 0) >= 500;
}

function statusOf(error: unknown): number | undefined {
  return ((error ?? {}) as SdkError).$metadata?.httpStatusCode;
}

/** The fault behind an SDK's error. */
export function awsFault(error: unknown, action: string, region: string): AwsFault {
  const { name = 'Error', code, $metadata } = (error ?? {}) as SdkError;
  const status = $metadata?.httpStatusCode;
  const message = errorMessage(error).replace(/\s+/g, ' ').replace(/\.$/, '');
  const fault = (text: string) => new AwsFault(text, code ?? name, action, { cause: error });
  if (DENIED.test(name) || status === 403) {
    if (BAD_CREDENTIALS.test(name)) return fault(badCredentials(message));
    const denied = /not authorized to perform:? ([\w-]+:[\w*]+)/.exec(message)?.[1] ?? action;
    const kind = STEERING_ACTIONS.has(denied) ? 'steer' : 'read';
    return fault(
      `Your credentials do not allow ${denied} in ${region}. Print a policy that does: ${nextCommand('info', ['--policy', kind])}`,
    );
  }
  if (BAD_CREDENTIALS.test(name)) return fault(badCredentials(message));
  if (THROTTLED.test(name) || status === 429) {
    return fault(
      `AWS throttles ${action} in ${region}, also after several tries. Wait a minute, and run the command again.`,
    );
  }
  if (code === 'ENOTFOUND' && message.includes(region)) {
    return fault(
      `AWS has no ${action} in ${region} that this machine can find (${message}). Check the region and the network.`,
    );
  }
  if (UNREACHABLE.test(code ?? name)) {
    return fault(
      `AWS cannot be reached for ${action} in ${region} (${message}). Check the network, the region, and AWS_ENDPOINT_URL.`,
    );
  }
  return fault(`${action} failed in ${region}: ${message} (${name}).`);
}

function badCredentials(message: string): string {
  return `AWS rejects your credentials (${message}). Sign in again with aws sso login, or set AWS_PROFILE or --profile.`;
}

/** The properties that the SDK's errors and Node's have. */
interface SdkError {
  readonly name?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}
