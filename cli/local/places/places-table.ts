import { PLACES } from '../../../modules/orchestration/places';
import type { TaskCall, TaskOutcome } from '../state-machine/interpreter';
import { asFields, asText, type Fields, isFields } from '../state-machine/json-value';
import { type Item, meets, update } from './expressions';
import { Line, waits } from './line';

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
  /** By the names of the jobs. */
  private readonly lines = new Map<string, Line>();

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
    return this.lineOf(job).runs;
  }

  private lineOf(job: string): Line {
    const line = this.lines.get(job) ?? new Line();
    this.lines.set(job, line);
    return line;
  }

  private query(request: Fields): Fields {
    const values = asFields(request.ExpressionAttributeValues, 'values');
    const job = asText(asFields(values[':job'], ':job').S, ':job');
    const { first } = this.lineOf(job);
    return first === undefined ? { Count: 0, Items: [] } : { Count: 1, Items: [first] };
  }

  private get(request: Fields): Fields {
    const item = this.items.get(keyOf(asFields(request.Key, 'Key')));
    if (item === undefined) return {};
    if (request.ProjectionExpression === undefined) return { Item: structuredClone(item) };
    const holder = asText(asFields(request.ExpressionAttributeNames, 'names')['#run'], '#run');
    const { M } = isFields(item.Holders) ? item.Holders : {};
    const held = isFields(M) ? M[holder] : undefined;
    return { Item: held === undefined ? {} : { Holders: { M: { [holder]: held } } } };
  }

  private put(item: Item): void {
    this.remove(keyOf(item));
    this.items.set(keyOf(item), item);
    if (waits(item)) this.lineOf(jobOf(item)).enter(item);
  }

  private remove(key: string): void {
    const item = this.items.get(key);
    if (item !== undefined && waits(item)) this.lineOf(jobOf(item)).leave(item);
    this.items.delete(key);
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
    if (action === 'deleteItem') this.remove(keyOf(key));
    else {
      const changed = item ?? { ...key };
      update(asText(request.UpdateExpression, 'UpdateExpression'), changed, given);
      if (item === undefined) this.put(changed);
    }
    return { output: {} };
  }
}

function jobOf(item: Item): string {
  return asText(asFields(item[PLACES.job], PLACES.job).S, PLACES.job);
}

function keyOf(item: Item): string {
  return `${jobOf(item)} ${asText(asFields(item[PLACES.item], PLACES.item).S, PLACES.item)}`;
}
