import { asObject, asText, type JsonObject } from '../../../orchestration/trigger/json';
import { errorChain, log } from '../../../orchestration/trigger/log';
import { call } from './aws';
import { isBuilt, type LambdaContext, startWhenFree } from './build-start';
import { answer, type Waiting, type WaitingRequest } from './cloudformation';
import { WAITING_VARIABLES } from './waiting-variables';

/** EventBridge event for the end of a build: https://docs.aws.amazon.com/codebuild/latest/userguide/sample-build-notifications.html */
interface BuildNotice {
  readonly detail: { readonly 'build-id': string };
}

/** Number of log lines of a failed build in the response. */
const LOG_LINES = 25;

/**
 * Builds an image for CloudFormation without waiting for the build: a request starts the build, and the event for its end, up to an hour later,
 * sends the response.
 */
export async function handler(event: WaitingRequest | BuildNotice, context?: LambdaContext): Promise<void> {
  if ('RequestType' in event) await request(event, context);
  else await buildEnded(event.detail['build-id']);
}

async function request(event: WaitingRequest, context?: LambdaContext): Promise<void> {
  try {
    // Keeps the image when its resource is deleted, because an older job definition might use it.
    const done = event.RequestType === 'Delete' || (await isBuilt(event.ResourceProperties));
    log('INFO', {
      message: done ? 'nothing to build' : 'build',
      request: event.RequestType,
      id: event.LogicalResourceId,
    });
    if (done) await answer(event, { status: 'SUCCESS' });
    else await startWhenFree(event, context);
  } catch (error) {
    log('ERROR', { message: 'the build could not be started', error: errorChain(error) });
    await answer(event, { status: 'FAILED', reason: `The build could not be started: ${messageOf(error)}` });
  }
}

async function buildEnded(buildId: string): Promise<void> {
  const { builds } = await call('codebuild', 'BatchGetBuilds', { ids: [buildId] });
  const build = asObject(Array.isArray(builds) ? builds[0] : undefined);
  const waiting = build && waitingFor(build);
  const status = asText(build?.buildStatus);
  // A build that was started by hand has no request. An event can also arrive after the build was retried.
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
    // Report the failure even if its log cannot be read.
    return `${title}. Its log, in group ${logGroupName}, could not be read: ${messageOf(error)}`;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
