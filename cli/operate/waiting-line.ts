import { PLACES } from '../../modules/orchestration/places';
import { placesTableName } from '../../modules/rules/job-names';
import type { Attributes } from './aws/table-api';
import type { DeployedJob, Deployment } from './deployment';
import type { Optional } from './optional';
import type { RunStory } from './run-story';

/** Pages of a line that are read, of 1 MB each: the first several thousand runs. */
const MOST_PAGES = 5;

/** How many runs are ahead of each waiting run of a job, by its name, as far as the line is read. */
export async function waitingLine(
  { clients, nameStart }: Pick<Deployment, 'clients' | 'nameStart'>,
  { name }: Pick<DeployedJob, 'name'>,
): Promise<ReadonlyMap<string, number>> {
  const ahead = new Map<string, number>();
  let from: Attributes | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { Items = [], LastEvaluatedKey } = await clients.tables.query({
      TableName: placesTableName(nameStart),
      IndexName: PLACES.line,
      KeyConditionExpression: `${PLACES.job} = :job`,
      ExpressionAttributeValues: { ':job': { S: name } },
      ProjectionExpression: '#run',
      ExpressionAttributeNames: { '#run': 'Run' },
      ...(from && { ExclusiveStartKey: from }),
    });
    for (const { Run } of Items) if (Run?.S !== undefined) ahead.set(Run.S, ahead.size);
    from = LastEvaluatedKey;
    if (from === undefined) break;
  }
  return ahead;
}

/** A story with how many runs are ahead of it, if it waits for a place. */
export async function withPlaceInLine(
  deployment: Deployment,
  job: DeployedJob,
  story: RunStory,
  optional: Optional,
): Promise<RunStory> {
  if (!isInLine(story)) return story;
  const line = await optional.of('Places in line', () => waitingLine(deployment, job), ['ResourceNotFoundException']);
  return inLine(story, line);
}

/** Whether a run waits for a place now. */
export function isInLine({ status, waits }: RunStory): boolean {
  const wait = waits.at(-1);
  return status === 'RUNNING' && wait?.kind === 'place' && wait.to === undefined;
}

/** A story of a run that waits for a place, with how many runs of the line are ahead of it. */
export function inLine(story: RunStory, line: ReadonlyMap<string, number> | undefined): RunStory {
  const [ahead, wait] = [line?.get(story.name), story.waits.at(-1)];
  if (ahead === undefined || wait === undefined) return story;
  return { ...story, waits: [...story.waits.slice(0, -1), { ...wait, ahead }] };
}
