import { PLACES } from '../../../modules/orchestration/places';
import type { TaskCall, TaskOutcome } from '../state-machine/interpreter';
import { asFields, asText, type Fields, isFields } from '../state-machine/json-value';
import { type Item, meets, updated } from './expressions';

const UNMET = {
  error: 'DynamoDb.ConditionalCheckFailedException',
  cause: 'The conditional request failed (Service: DynamoDb, Status Code: 400)',
};

const OF_PLACES = /:aws-sdk:dynamodb:(\w+)/;

/** Whether a Task asks the table of places. */
export function isOfPlaces({ resource }: Pick<TaskCall, 'resource'>): boolean {
  return OF_PLACES.test(resource);
}

/** The table of places on this machine: what DynamoDB does with the requests of the state machine and the place keeper. */
export class PlacesTable {
  private readonly items = new Map<string, Item>();

  /** Carries out a request at once, as one step. */
  call({ resource, parameters }: Pick<TaskCall, 'resource' | 'parameters'>): TaskOutcome {
    const [, action = ''] = OF_PLACES.exec(resource) ?? [];
    const request = asFields(parameters, 'the request');
    switch (action) {
      case 'query':
        return { output: this.query(request) };
      case 'getItem':
        return { output: this.get(request) };
      case 'putItem':
        this.put(asFields(request.Item, 'Item'));
        return { output: {} };
      case 'updateItem':
      case 'deleteItem':
        return this.change(action, request);
      default:
        throw new Error(`This table does not know ${action}.`);
    }
  }

  /** Names of the runs that have a place. */
  holders(job: string): string[] {
    const item = this.items.get(keyOf({ [PLACES.job]: { S: job }, [PLACES.item]: { S: PLACES.places } })) ?? {};
    const { M } = isFields(item.Holders) ? item.Holders : {};
    return isFields(M) ? Object.keys(M) : [];
  }

  /** The waiting runs of a job, in order of arrival. */
  line(job: string): string[] {
    return this.waiting(job).map((item) => asText(asFields(item.Run, 'Run').S, 'Run'));
  }

  private waiting(job: string): Item[] {
    const arrived = (item: Item) => asText(asFields(item[PLACES.arrived], PLACES.arrived).S, PLACES.arrived);
    return [...this.items.values()]
      .filter((item) => item[PLACES.arrived] !== undefined && asFields(item[PLACES.job], 'job').S === job)
      .sort((a, b) => (arrived(a) < arrived(b) ? -1 : arrived(a) > arrived(b) ? 1 : 0));
  }

  /** A list of the first waiting run of a job, without sorting thousands. */
  private first(job: string): Item[] {
    let first: Item | undefined;
    let least = '';
    for (const item of this.items.values()) {
      const { [PLACES.arrived]: arrived, [PLACES.job]: owner } = item;
      if (arrived === undefined || asFields(owner, 'job').S !== job) continue;
      const time = asText(asFields(arrived, PLACES.arrived).S, PLACES.arrived);
      if (first === undefined || time < least) [first, least] = [item, time];
    }
    return first === undefined ? [] : [first];
  }

  private query(request: Fields): Fields {
    const values = asFields(request.ExpressionAttributeValues, 'values');
    const job = asText(asFields(values[':job'], ':job').S, ':job');
    const found = this.first(job);
    return { Count: found.length, Items: found };
  }

  private get(request: Fields): Fields {
    const item = this.items.get(keyOf(asFields(request.Key, 'Key')));
    if (item === undefined) return {};
    if (request.ProjectionExpression === undefined) return { Item: item };
    const holder = asText(asFields(request.ExpressionAttributeNames, 'names')['#run'], '#run');
    const { M } = isFields(item.Holders) ? item.Holders : {};
    const held = isFields(M) ? M[holder] : undefined;
    return { Item: held === undefined ? {} : { Holders: { M: { [holder]: held } } } };
  }

  private put(item: Item): void {
    this.items.set(keyOf(item), item);
  }

  private change(action: 'updateItem' | 'deleteItem', request: Fields): TaskOutcome {
    const key = asFields(request.Key, 'Key');
    const item = this.items.get(keyOf(key));
    const given = {
      names: isFields(request.ExpressionAttributeNames) ? request.ExpressionAttributeNames : {},
      values: isFields(request.ExpressionAttributeValues) ? request.ExpressionAttributeValues : {},
    };
    const { ConditionExpression: condition } = request;
    if (condition !== undefined && !meets(asText(condition, 'ConditionExpression'), item ?? {}, given)) return UNMET;
    if (action === 'deleteItem') this.items.delete(keyOf(key));
    else this.put(updated(asText(request.UpdateExpression, 'UpdateExpression'), item ?? key, given));
    return { output: {} };
  }
}

function keyOf(item: Item): string {
  return [PLACES.job, PLACES.item].map((name) => asText(asFields(item[name], name).S, name)).join(' ');
}
