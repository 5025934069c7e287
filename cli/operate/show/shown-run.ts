import { earlierRun } from '../../model/earlier-run';
import type { DeployedJob, Deployment } from '../deployment';
import type { FoundRun } from '../find-run';
import { runStory } from '../history';
import { withFailedItems } from '../items/failed-items';
import { itemStory } from '../items/item-story';
import type { Optional } from '../optional';
import { Payloads } from '../payload';
import { sourceOf } from '../run-event';
import { type RunPrice, runPrice } from '../run-price';
import type { RunEvent, RunStory } from '../run-story';
import { withPlaceInLine } from '../waiting-line';
import { withInstances } from './instances';
import { runLinks } from './run-links';

/** A run with everything that is shown of it. */
export interface ShownRun {
  readonly job: DeployedJob;
  readonly story: RunStory;
  readonly price?: RunPrice;
  readonly links: { readonly [name: string]: string };
}

/** A larger event is not read to find out what sent it. */
const MAX_READ = 8 * 1024 * 1024;

/**
 * Everything that is known of a run, or of one of its items.
 *
 * @throws UsageError if the run has no such item
 */
export async function shownRun(
  deployment: Deployment,
  { job, executionArn }: FoundRun,
  optional: Optional,
  { item, now = new Date() }: { readonly item?: number; readonly now?: Date } = {},
): Promise<ShownRun> {
  const whole = await runStory(deployment, executionArn, optional);
  const told =
    item === undefined ? await withFailedItems(deployment, whole, optional) : await itemStory(deployment, whole, item);
  const [placed, stored] = await Promise.all([
    withInstances(deployment, await withPlaceInLine(deployment, job, told, optional), optional),
    storedEvent(deployment, job, told, optional),
  ]);
  const story = { ...placed, event: { ...placed.event, ...stored } };
  return { job, story, price: runPrice(deployment, job, story, now), links: runLinks(deployment, job, story) };
}

/** What sent a stored event, which only the event itself says. */
async function storedEvent(
  deployment: Deployment,
  job: ShownRun['job'],
  { event, name }: RunStory,
  optional: Optional,
): Promise<Pick<RunEvent, 'source' | 'earlier'> | undefined> {
  if (event.source !== undefined || event.bytes > MAX_READ) return undefined;
  return optional.of('What sent the event', async () => {
    const payloads = await Payloads.of(deployment, job);
    const reference = payloads.referenceIn(event.input);
    if (reference === undefined) return undefined;
    const text = await payloads.read(reference);
    return { source: sourceOf(JSON.parse(text), name), earlier: earlierRun(text) };
  });
}
