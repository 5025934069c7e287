import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import { errorChain, log } from '../../../orchestration/trigger/log';
import { StartError } from '../../../orchestration/trigger/start-error';
import { call } from './aws';
import { answer, type ResourceRequest, type Waiting } from './cloudformation';

/** EventBridge's notice that a build has ended: https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html */
interface BuildNotice {
  readonly detail: { readonly 'build-id': string };
}

/** The build's variables that say who waits for it. */
const WAITING_VARIABLES = {
  ResponseURL: 'STP_RESPONSE_URL',
  StackId: 'STP_STACK_ID',
  RequestId: 'STP_REQUEST_ID',
  LogicalResourceId: 'STP_LOGICAL_RESOURCE_ID',
} as const;

/** Lines of a failed build's log that the answer holds. */
const LOG_LINES = 25;

/**
 * Builds an image for CloudFormation without waiting for it: a request starts the build, and the notice of its end, which may come an hour
 * later, brings the answer.
 */
export async function handler(event: ResourceRequest | BuildNotice): Promise<void> {
  if ('RequestType' in event) await request(event);
  else await buildEnded(event.detail['build-id']);
}

async function request(event: ResourceRequest): Promise<void> {
  try {
    // Images stay when their resource goes: an older job definition may still name them.
    const done = event.RequestType === 'Delete' || (await isBuilt(event.ResourceProperties));
    log('INFO', {
      message: done ? 'nothing to build' : 'build',
      request: event.RequestType,
      id: event.LogicalResourceId,
    });
    if (done) await answer(event, { status: 'SUCCESS' });
    else await startBuild(event);
  } catch (error) {
    log('ERROR', { message: 'the build could not be started', error: errorChain(error) });
    await answer(event, { status: 'FAILED', reason: `The build could not be started: ${messageOf(error)}` });
  }
}

/** Whether the tag is there. It is the digest of all that goes in, and never moves: what is there is what would be built. */
async function isBuilt({ RepositoryName, Tag }: ResourceRequest['ResourceProperties']): Promise<boolean> {
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

async function startBuild(event: ResourceRequest): Promise<void> {
  const { ProjectName, Buildspec, Image, ContextUri } = event.ResourceProperties;
  const waiting = Object.entries(WAITING_VARIABLES).map(([key, name]) => [name, event[key as keyof Waiting]]);
  const variables = [['IMAGE', Image], ['CONTEXT_URI', ContextUri], ...waiting];
  await call('codebuild', 'StartBuild', {
    projectName: ProjectName,
    buildspecOverride: Buildspec,
    environmentVariablesOverride: variables.map(([name, value]) => ({ name, value, type: 'PLAINTEXT' })),
    // Lambda may hand the same request over twice; the second then gets the build of the first.
    idempotencyToken: event.RequestId,
  });
}

async function buildEnded(buildId: string): Promise<void> {
  const { builds } = await call('codebuild', 'BatchGetBuilds', { ids: [buildId] });
  const build = asObject(Array.isArray(builds) ? builds[0] : undefined);
  const waiting = build && waitingFor(build);
  const status = asText(build?.buildStatus);
  // Somebody may start a build by hand; nobody waits for that one. And a notice may come late, after a build is run again.
  if (build === undefined || waiting === undefined || status === undefined || status === 'IN_PROGRESS') {
    log('INFO', { message: 'nobody waits for this build', buildId, status });
    return;
  }
  log('INFO', { message: 'build ended', buildId, status, id: waiting.LogicalResourceId });
  if (status === 'SUCCEEDED') await answer(waiting, { status: 'SUCCESS' });
  else await answer(waiting, { status: 'FAILED', reason: await failure(buildId, status, build) });
}

function waitingFor(build: JsonObject): Waiting | undefined {
  const variables = asObject(build.environment)?.environmentVariables;
  if (!Array.isArray(variables)) return undefined;
  const value = (wanted: string) => asText(variables.map(asObject).find((item) => item?.name === wanted)?.value);
  const ResponseURL = value(WAITING_VARIABLES.ResponseURL);
  const StackId = value(WAITING_VARIABLES.StackId);
  const RequestId = value(WAITING_VARIABLES.RequestId);
  const LogicalResourceId = value(WAITING_VARIABLES.LogicalResourceId);
  if (!ResponseURL || !StackId || !RequestId || !LogicalResourceId) return undefined;
  return { ResponseURL, StackId, RequestId, LogicalResourceId };
}

async function failure(buildId: string, status: string, build: JsonObject): Promise<string> {
  const title = `The image's build ${buildId.replace(/^.*:build\//, '')} ended with ${status}`;
  const logs = asObject(build.logs);
  const [logGroupName, logStreamName] = [asText(logs?.groupName), asText(logs?.streamName)];
  if (logGroupName === undefined || logStreamName === undefined) return `${title}, before it wrote a log.`;
  try {
    const place = { logGroupName, logStreamName, limit: LOG_LINES, startFromHead: false };
    const { events } = await call('logs', 'GetLogEvents', place);
    const lines = (Array.isArray(events) ? events : []).map(
      (event) => asText(asObject(event)?.message)?.trimEnd() ?? '',
    );
    return `${title}. Its last lines, of log group ${logGroupName}:\n${lines.join('\n')}`;
  } catch (error) {
    // Without its reason the failure must be told all the same.
    return `${title}. Its log, in group ${logGroupName}, could not be read: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
