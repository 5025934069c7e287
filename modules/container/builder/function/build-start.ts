import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '../../../orchestration/trigger/log';
import { StartError } from '../../../orchestration/trigger/start-error';
import { call, invokeItself } from './aws';
import { answer, type ResourceRequest, type Waiting } from './cloudformation';
import { WAITING_VARIABLES } from './waiting-variables';

/** What Lambda tells of an invocation. */
export interface LambdaContext {
  getRemainingTimeInMillis(): number;
}

/** A request of CloudFormation that may have waited for a free machine already, in an invocation before this one. */
export interface WaitingRequest extends ResourceRequest {
  /** When it began to wait, in milliseconds since 1970. */
  readonly waitingSince?: number;
}

/** Minutes after which a request gives up: CloudFormation gives it an hour, and a build needs some of that. */
const LONGEST_WAIT_MINUTES = 50;

/** Bounds of the waits between two tries, in milliseconds. The first doubles with each further one. */
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** Milliseconds of an invocation that are kept for a last try and for handing the request on. */
const RESERVE_MS = 75_000;

/** What the quota is called that CodeBuild enforces. */
const QUOTA =
  'the AWS CodeBuild quota "Concurrently running builds for Linux/Medium environment" (for arm64: ARM Linux/Medium)';

/** Whether the tag is there. It is the digest of all that goes in, and never moves: what is there is what would be built. */
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
 * Starts the build, as soon as the account's quota of concurrent builds lets it. A request that outlives its invocation goes on in the next one.
 *
 * @throws Error that says what to do, if the account may run no build at all, or was busy for too long
 */
export async function startWhenFree(event: WaitingRequest, context?: LambdaContext): Promise<void> {
  const waitingSince = event.waitingSince ?? Date.now();
  for (let tries = 1; ; tries += 1) {
    const refusal = await startBuild(event);
    if (refusal === undefined) return;
    if (/more than 0 builds/.test(refusal.message)) throw new Error(`${refusal.message}. Ask AWS to raise ${QUOTA}.`);
    const minutes = (Date.now() - waitingSince) / 60_000;
    if (minutes >= LONGEST_WAIT_MINUTES) throw new Error(tooLong(minutes, refusal));
    // At least half of the bound, or the rest of an invocation would go in tries.
    const waitMs = (0.5 + Math.random() / 2) * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (tries - 1));
    if (context !== undefined && context.getRemainingTimeInMillis() - waitMs < RESERVE_MS) {
      log('INFO', { message: 'waits on in another invocation', id: event.LogicalResourceId, minutes });
      await invokeItself({ ...event, waitingSince });
      return;
    }
    log('INFO', { message: 'no machine is free', id: event.LogicalResourceId, minutes, reason: refusal.message });
    await sleep(waitMs);
    // Lambda may hand a request over twice: the other one may have had it built meanwhile.
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

/** @returns the refusal if the account runs as many builds as it may, undefined if the build was started. */
async function startBuild(event: ResourceRequest): Promise<StartError | undefined> {
  const { ProjectName, Buildspec, Image, ContextUri } = event.ResourceProperties;
  const waiting = Object.entries(WAITING_VARIABLES).map(([key, name]) => [name, event[key as keyof Waiting]]);
  const variables = [['IMAGE', Image], ['CONTEXT_URI', ContextUri], ...waiting];
  try {
    await call('codebuild', 'StartBuild', {
      projectName: ProjectName,
      buildspecOverride: Buildspec,
      environmentVariablesOverride: variables.map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
      // Lambda may hand the same request over twice; the second then gets the build of the first.
      idempotencyToken: event.RequestId,
    });
    return undefined;
  } catch (error) {
    if (error instanceof StartError && error.code === 'AccountLimitExceededException') return error;
    throw error;
  }
}
