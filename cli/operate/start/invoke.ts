import { CommandFailure } from '../../command/reported-error';
import { UsageError } from '../../command/usage-error';
import { AwsFault } from '../aws/fault';
import type { DeployedJob, Deployment } from '../deployment';
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
  const [has, most] = [bytes, INVOCATION_BYTES].map((number) => number.toLocaleString('en-US'));
  throw new UsageError(
    `The event has ${has} bytes, and Lambda accepts less than ${most} (6 MB). Store its data in S3, and send a reference to them.`,
  );
}

/** Invokes a job's trigger function with the text of an event, as the job's events do. */
export async function invokeTrigger(deployment: Deployment, job: DeployedJob, text: string): Promise<Answer> {
  const { InvokeCommand } = require('@aws-sdk/client-lambda') as typeof import('@aws-sdk/client-lambda');
  const command = new InvokeCommand({ FunctionName: job.triggerFunctionName, Payload: Buffer.from(text) });
  repeatOnlyRefused(command);
  const request = deployment.clients.lambda.send(command);
  try {
    const answer = await deployment.ofDeployed(`Job ${job.name}`, ['ResourceNotFoundException'], request);
    return { payload: answer.Payload?.transformToString() ?? '', functionError: answer.FunctionError };
  } catch (error) {
    if (!(error instanceof AwsFault) || !(error.cause instanceof LostAnswer)) throw error;
    throw new CommandFailure(
      `The answer of the trigger function of ${job.name} did not arrive: ${error.cause.message}. ${mayHaveStarted(job.name)}`,
    );
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
