import { formatCount } from '../../../modules/problems/phrases';
import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { AwsFault } from '../aws/fault';
import type { DeployedFunction, DeployedJob, Deployment } from '../deployment';
import { type Answer, mayHaveStarted } from './answer';

/**
 * Size of a request at which Lambda refuses it, in bytes.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const INVOCATION_BYTES = 6_291_456;

/** @throws UsageError if Lambda would refuse the event */
export function refuseOversized(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes < INVOCATION_BYTES) return;
  const [has, most] = [bytes, INVOCATION_BYTES].map((number) => formatCount(number));
  throw new UsageError(
    `The event has ${has} bytes, and Lambda accepts less than ${most} (6 MB). Store its data in S3, and send a reference to them.`,
  );
}

/** Invokes a job's trigger function with the text of an event, as the job's events do. */
export function invokeTrigger(deployment: Deployment, job: DeployedJob, text: string): Promise<Answer> {
  const { name, triggerFunctionName: functionName } = job;
  return invoke(deployment, text, {
    functionName,
    owner: `Job ${name}`,
    lost: `The answer of the trigger function of ${name} did not arrive`,
    next: mayHaveStarted(name),
  });
}

/** Invokes a function of the config with the text of an event, and waits for its end. */
export function invokeFunction(deployment: Deployment, invoked: DeployedFunction, text: string): Promise<Answer> {
  const { name, functionName } = invoked;
  return invoke(deployment, text, {
    functionName,
    owner: `Function ${name}`,
    lost: `The answer of the function ${name} did not arrive`,
    next: `It may have run. Before you invoke it again, look at its log group: /aws/lambda/${functionName}.`,
  });
}

/** What is invoked, and what to say of it. */
interface Invoked {
  readonly functionName: string;
  readonly owner: string;
  readonly lost: string;
  readonly next: string;
}

async function invoke(deployment: Deployment, text: string, invoked: Invoked): Promise<Answer> {
  const { InvokeCommand } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const command = new InvokeCommand({ FunctionName: invoked.functionName, Payload: Buffer.from(text) });
  repeatOnlyRefused(command);
  const request = deployment.clients.lambda.send(command);
  try {
    const answer = await deployment.ofDeployed(invoked.owner, ['ResourceNotFoundException'], request);
    return { payload: answer.Payload?.transformToString() ?? '', functionError: answer.FunctionError };
  } catch (error) {
    if (!(error instanceof AwsFault) || !(error.cause instanceof LostAnswer)) throw error;
    throw new CommandFailure(`${invoked.lost}: ${error.cause.message}. ${invoked.next}`);
  }
}

/** An invocation of which is unknown whether it took place. */
class LostAnswer extends Error {}

/** Errors of Node.js at which nothing was sent. */
const NOT_SENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/**
 * Lets the SDK repeat an invocation only if Lambda has refused it: an event without an ID starts a run at each invocation.
 */
function repeatOnlyRefused({
  middlewareStack,
}: InstanceType<typeof import('@aws-sdk/client-lambda').InvokeCommand>): void {
  middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        const {
          message,
          code = '',
          $metadata,
        } = error as Error & {
          readonly code?: string;
          readonly $metadata?: { readonly httpStatusCode?: number };
        };
        const status = $metadata?.httpStatusCode;
        const isRefused = status === undefined ? NOT_SENT.includes(code) : status < 500;
        if (isRefused) throw error;
        // Not as its cause: the SDK looks at causes as well.
        throw new LostAnswer(message.replace(/\s+/g, ' ').replace(/\.$/, ''));
      }
    },
    { step: 'finalizeRequest', priority: 'low', name: 'repeatOnlyRefused' },
  );
}
