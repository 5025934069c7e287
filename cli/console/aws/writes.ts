import { CONTAINER_STOP_SECONDS } from '../../../modules/compute/user-data';
import { UsageError } from '../../command/usage-error';
import type { UndeliveredProgress } from '../../model/deployed';
import { stoppedBy } from '../../model/words/stopped-by';
import { plannedRerun, startRerun } from '../../operate/rerun/rerun-run';
import { startRun } from '../../operate/start/start-run';
import { hasContainer, stoppable, stopReason, stopRun } from '../../operate/stop/stop-run';
import type { Treatment } from '../../operate/undelivered/session';
import type { AwsBody } from '../server/aws-body';
import type { AwsSide } from './aws-side';
import { handleUndelivered } from './undelivered';

/** Events that are handled by one request. */
const MOST_EVENTS = 10_000;

/** Starts a run of `job` with `eventText`. */
export async function startInAws(aws: AwsSide, body: AwsBody) {
  const [jobName, text] = [body.text('job'), body.text('eventText')];
  const event = parsed(text);
  const { deployment } = await aws.confirmed(body.place);
  const { name, isDuplicate } = await startRun(deployment, deployment.jobNamed(jobName), { text, event });
  await aws.changed({ type: 'runs', place: 'aws' });
  return { id: name, isDuplicate };
}

/** Stops the run `id`, with a `reason` for those who look at it later. */
export async function stopInAws(aws: AwsSide, body: AwsBody) {
  const id = body.text('id');
  const reason = stopReason(body.optionalText('reason'), 'The reason', stoppedBy('the console'));
  const { deployment, reader } = await aws.confirmed(body.place);
  const run = await reader.found(id);
  const found = await stoppable(deployment, run);
  await stopRun(deployment, run, found, reason);
  reader.forget(run);
  await aws.changed({ type: 'runs', place: 'aws' }, { type: 'run', place: 'aws', id });
  return { id, ...(hasContainer(found) && { killedAfter: CONTAINER_STOP_SECONDS }) };
}

/** Repeats the run `id`, with its own event or with `eventText`; of `items`, only those that `failed`. */
export async function rerunInAws(aws: AwsSide, body: AwsBody) {
  const [id, text] = [body.text('id'), body.optionalText('eventText')];
  const onlyFailed = body.optionalText('items') === 'failed';
  if (text !== undefined) parsed(text);
  const { deployment, reader } = await aws.confirmed(body.place);
  const planned = await plannedRerun(deployment, await reader.found(id), onlyFailed);
  await startRerun(deployment, planned, text);
  await aws.changed({ type: 'runs', place: 'aws' });
  return { id: planned.name };
}

/** Starts the runs of undelivered events with `ids`, or deletes these. `job` is for events that can be for several. */
export async function deleteOrRedrive(
  aws: AwsSide,
  treatment: Treatment,
  body: AwsBody,
  signal: AbortSignal,
): Promise<AsyncIterable<UndeliveredProgress>> {
  const [ids, job] = [body.ids('ids', MOST_EVENTS), body.optionalText('job')];
  const { deployment } = await aws.confirmed(body.place);
  if (job !== undefined) deployment.jobNamed(job);
  return followed(aws, handleUndelivered(deployment, treatment, { ids, job, signal }));
}

async function* followed(aws: AwsSide, progress: AsyncIterable<UndeliveredProgress>) {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  await new Promise<void>((begin) => {
    void aws.looks.next(async () => {
      begin();
      await ended;
    });
  });
  try {
    yield* progress;
  } finally {
    end();
    await aws.changed({ type: 'undelivered' }, { type: 'runs', place: 'aws' });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError('The event is not valid JSON. Correct it in the editor.');
  }
}
