import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../../orchestration/trigger/log';
import { StartError } from '../../../orchestration/trigger/start-error';
import { call, invokeItself } from './aws';
import { answer, type ResourceRequest, type Waiting, type WaitingRequest } from './cloudformation';
import { WAITING_VARIABLES } from './waiting-variables';

/** The parts of Lambda's invocation context that this function uses. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** Maximum wait of a request, in minutes. CloudFormation allows one hour, and the build needs a part of it. */
const LONGEST_WAIT_MINUTES = 50;

/** Minimum and maximum wait between two tries, in milliseconds. The wait doubles with each try. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Milliseconds of an invocation that are reserved for the last try and for invoking the function again. */
const RESERVE_MS = 75_000;

/** Name of the quota that CodeBuild enforces. */
const QUOTA =
  'the AWS CodeBuild quota "Concurrently running builds for Linux/Medium environment" (for arm64: ARM Linux/Medium)';

/** Whether the tag exists. It is the digest of everything in the image and is immutable, so an existing image needs no build. */
export async function isBuilt({ RepositoryName, Tag }: ResourceRequest['ResourceProperties']): Promise<boolean> {
  try {
    const { imageDetails } = await call('ecr', 'DescribeImages', {
      repositoryName: RepositoryName,
      imageIds: [{ imageTag: Tag }],
    });
    return Array.isArray(imageDetails) && imageDetails.length > 0;
  } catch (error) {
    if (error instanceof StartError && error.code === 'ImageNotFoundException') return false;
    throw error;
  }
}

/**
 * Starts the build as soon as the account's quota of concurrent builds allows it. If the invocation ends first, the next one continues.
 *
 * @throws Error that says what to do, if the account's quota is 0 or no machine became free in time
 */
export async function startWhenFree(event: WaitingRequest, context?: LambdaContext): Promise<void> {
  const waitingSince = event.waitingSince ?? Date.now();
  for (let tries = 1; ; tries += 1) {
    const refusal = await startBuild(event);
    if (refusal === undefined) return;
    if (/more than 0 builds/.test(refusal.message)) throw new Error(`${refusal.message}. Ask AWS to raise ${QUOTA}.`);
    const minutes = (Date.now() - waitingSince) / 60_000;
    if (minutes >= LONGEST_WAIT_MINUTES) throw new Error(tooLong(minutes, refusal));
    // At least half of the maximum. Shorter waits would use up the invocation with tries.
    const waitMs = (0.5 + Math.random() / 2) * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    if (context !== undefined && context.getRemainingTimeInMillis() - waitMs < RESERVE_MS) {
      log('INFO', { message: 'waits on in another invocation', id: event.LogicalResourceId, minutes });
      await invokeItself({ ...event, waitingSince });
      return;
    }
    log('INFO', { message: 'no machine is free', id: event.LogicalResourceId, minutes, reason: refusal.message });
    await sleep(waitMs);
    // Lambda can deliver a request twice, and the other delivery might have built the image.
    if (await isBuilt(event.ResourceProperties)) {
      await answer(event, { status: 'SUCCESS' });
      return;
    }
  }
}

function tooLong(minutes: number, { message }: StartError): string {
  return (
    `No machine was free for ${Math.round(minutes)} minutes: ${message}. What was built meanwhile stays: deploy again to go on, ` +
    `or ask AWS to raise ${QUOTA}.`
  );
}

/** @returns the error if the account has reached its quota of concurrent builds, undefined if the build was started. */
async function startBuild(event: ResourceRequest): Promise<StartError | undefined> {
  const { ProjectName, Buildspec, Image, ContextUri } = event.ResourceProperties;
  const waiting = Object.entries(WAITING_VARIABLES).map(([key, name]) => [name, event[key as keyof Waiting]]);
  const variables = [['IMAGE', Image], ['CONTEXT_URI', ContextUri], ...waiting];
  try {
    await call('codebuild', 'StartBuild', {
      projectName: ProjectName,
      buildspecOverride: Buildspec,
      environmentVariablesOverride: variables.map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
      // Lambda can deliver a request twice. With the same token, the second call returns the build of the first.
      idempotencyToken: event.RequestId,
    });
    return undefined;
  } catch (error) {
    if (error instanceof StartError && error.code === 'AccountLimitExceededException') return error;
    throw error;
  }
}
