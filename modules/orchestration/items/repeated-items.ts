import { StartError } from '../trigger/start-error';
import { FAILURES_OBJECT, type FailureLine, ITEMS_OBJECT, type ItemsAnswer, RUN_OBJECT, type RunFacts } from './format';
import { Indexes } from './indexes';
import { ItemsProblem } from './problem';
import type { RunObjects } from './run-objects';

/**
 * The items of an earlier run that failed in the end. They keep their indexes and the count: a child sees what it saw then.
 *
 * @throws ItemsProblem if the objects of the earlier run are gone
 */
export async function repeatedItems(before: RunObjects, objects: RunObjects, arraySize?: number): Promise<ItemsAnswer> {
  const [{ count }, failures] = await found(before);
  if (failures.some(({ start, end }) => end > start)) await objects.copyFrom(before, ITEMS_OBJECT);
  const indexes = new Indexes(arraySize);
  for (const { start, end, index } of failures) indexes.add({ start, end, item: index });
  const Arrays = await indexes.store(objects, 1);
  return {
    Next: 'run',
    Count: count,
    Children: failures.length,
    Attempt: 1,
    OnDemand: false,
    Wait: 0,
    Arrays,
    Aside: 0,
  };
}

async function found(before: RunObjects): Promise<[RunFacts, FailureLine[]]> {
  try {
    const facts = JSON.parse((await before.read(RUN_OBJECT)).toString('utf8')) as RunFacts;
    return [facts, await before.readLines<FailureLine>(FAILURES_OBJECT)];
  } catch (error) {
    if (!(error instanceof StartError) || error.curable) throw error;
    const sentence = `The failed items of the run are not in ${before.uri(FAILURES_OBJECT)} any more`;
    throw new ItemsProblem('EarlierRunNotFound', `${sentence} (${error.code}). Repeat the whole run instead.`);
  }
}
