import { DONE } from '../../subcommands';
import { Deployment } from '../deployment';
import { findRun } from '../find-run';
import { runStory } from '../history';
import { Optional } from '../optional';
import type { AwsOptions } from '../options';
import { Payloads } from '../payload';
import { sourceOf } from '../run-event';
import { runPrice } from '../run-price';
import type { RunStory } from '../run-story';
import { tableWidth } from '../table';
import { secondsBetween } from '../time-text';
import { withInstances } from './instances';
import { page, type ShownRun } from './print';
import { runLinks } from './run-links';

/** A larger event is not read to find out what sent it. */
const MAX_READ = 8 * 1024 * 1024;

/** Prints the whole story of a run. */
export async function show(text: string, options: AwsOptions): Promise<number> {
  const deployment = await Deployment.open(options);
  try {
    const { job, executionArn } = await findRun(deployment, text);
    const optional = new Optional();
    const told = await runStory(deployment, executionArn, optional);
    const [placed, source] = await Promise.all([
      withInstances(deployment, told, optional),
      storedSource(deployment, job, told, optional),
    ]);
    const story = { ...placed, event: { ...placed.event, source: placed.event.source ?? source } };
    const now = new Date();
    const run = { job, story, price: runPrice(deployment, job, story, now), links: runLinks(deployment, job, story) };
    if (options.json) console.log(JSON.stringify(runDocument(deployment, run, now), undefined, 2));
    else console.log(page(deployment, run, tableWidth(process.stdout), now).join('\n'));
    return DONE;
  } finally {
    deployment.clients.close();
  }
}

/** What sent a stored event, which only the event itself says. */
async function storedSource(
  deployment: Deployment,
  job: ShownRun['job'],
  { event, name }: RunStory,
  optional: Optional,
): Promise<string | undefined> {
  if (event.source !== undefined || event.bytes > MAX_READ) return event.source;
  return optional.of('What sent the event', async () => {
    const payloads = await Payloads.of(deployment, job);
    const reference = payloads.referenceIn(event.input);
    if (reference === undefined) return undefined;
    return sourceOf(JSON.parse(await payloads.read(reference)), name);
  });
}

function runDocument(deployment: Deployment, { job, story, price, links }: ShownRun, now: Date): object {
  const { stackName: stack, region, account } = deployment;
  const { name: run, executionArn, status, started, ended, event, attempts, waits, error, reason } = story;
  return {
    stack,
    region,
    account,
    run,
    job: job.name,
    executionArn,
    status,
    started,
    ended,
    seconds: secondsBetween(started, ended ?? now),
    event,
    attempts,
    waits,
    error,
    reason: status === 'SUCCEEDED' ? undefined : reason,
    estimatedPrice: price,
    links,
  };
}
