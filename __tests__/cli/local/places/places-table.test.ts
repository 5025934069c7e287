import { isOfPlaces, PlacesTable } from '../../../../cli/local/places/places-table';

const resource = (action: string) => `arn:aws:states:::aws-sdk:dynamodb:${action}`;
const key = (item: string, job = 'etl') => ({ JobName: { S: job }, Item: { S: item } });
const waiting = (run: string, arrived: string, job = 'etl') => ({
  ...key(run, job),
  Run: { S: run },
  Arrived: { S: arrived },
});
const holding = (...runs: string[]) => ({
  ...key('places'),
  Holders: { M: Object.fromEntries(runs.map((run) => [run, { S: 'now' }])) },
});

let table: PlacesTable;
beforeEach(() => {
  table = new PlacesTable();
});

const call = (action: string, parameters: object) =>
  table.call({
    resource: resource(action),
    parameters: parameters as Parameters<PlacesTable['call']>[0]['parameters'],
  });
const put = (Item: object) => call('putItem', { Item });
const get = (item: string, request = {}) => call('getItem', { Key: key(item), ...request });
const first = (job = 'etl') => call('query', { ExpressionAttributeValues: { ':job': { S: job } } });

it.each([
  [resource('query'), true],
  ['arn:aws:states:::aws-sdk:sqs:sendMessage', false],
  ['arn:aws:states:::batch:submitJob.sync', false],
])('%s asks the table: %s', (given, expected) => {
  expect(isOfPlaces({ resource: given })).toBe(expected);
});

it('an item that is put is got, as a copy', () => {
  expect(put(holding('a'))).toEqual({ output: {} });
  const { output } = get('places') as { output: { Item: ReturnType<typeof holding> } };
  expect(output).toEqual({ Item: holding('a') });
  delete output.Item.Holders.M.a;
  expect(table.holders('etl')).toEqual(['a']);
});

it('an item that is not there is empty', () => {
  expect(get('places')).toEqual({ output: {} });
  expect(get('places', { ProjectionExpression: 'Holders.#run' })).toEqual({ output: {} });
});

it.each([
  ['a', { Holders: { M: { a: { S: 'now' } } } }],
  ['b', {}],
])('of the place of %s, only that is got', (run, expected) => {
  put(holding('a'));
  const request = { ProjectionExpression: 'Holders.#run', ExpressionAttributeNames: { '#run': run } };
  expect(get('places', request)).toEqual({ output: { Item: expected } });
});

it('an item without holders has none', () => {
  put(key('places'));
  const request = { ProjectionExpression: 'Holders.#run', ExpressionAttributeNames: { '#run': 'a' } };
  expect(get('places', request)).toEqual({ output: { Item: {} } });
  expect(table.holders('etl')).toEqual([]);
  put({ ...key('places'), Holders: { S: 'none' } });
  expect([get('places', request), table.holders('etl')]).toEqual([{ output: { Item: {} } }, []]);
});

it('the holders are those of the job', () => {
  put(holding('a', 'b'));
  expect([table.holders('etl'), table.holders('other')]).toEqual([['a', 'b'], []]);
});

describe('the line', () => {
  it('has the waiting runs of a job in order of arrival', () => {
    for (const item of [waiting('late', '2'), waiting('early', '1'), waiting('x', '0', 'other'), holding('a')])
      put(item);
    expect([table.line('etl'), table.line('other'), table.line('none')]).toEqual([['early', 'late'], ['x'], []]);
    expect(first()).toEqual({ output: { Count: 1, Items: [waiting('early', '1')] } });
    expect(first('none')).toEqual({ output: { Count: 0, Items: [] } });
  });

  it('has a run that is put again once, where it arrived', () => {
    for (const item of [waiting('a', '1'), waiting('b', '2'), waiting('a', '3')]) put(item);
    expect(table.line('etl')).toEqual(['b', 'a']);
  });

  it('loses a run that is deleted', () => {
    put(waiting('a', '1'));
    expect(call('deleteItem', { Key: key('a') })).toEqual({ output: {} });
    expect([table.line('etl'), get('a')]).toEqual([[], { output: {} }]);
  });

  it('keeps the order if what is deleted was not in it, or was not there', () => {
    put(waiting('a', '1'));
    put(holding('b'));
    call('deleteItem', { Key: key('places') });
    call('deleteItem', { Key: key('none') });
    expect([table.line('etl'), table.holders('etl')]).toEqual([['a'], []]);
  });
});

describe('a change', () => {
  const request = {
    Key: key('places'),
    UpdateExpression: 'SET Holders.#run = :now',
    ConditionExpression: 'size(Holders) < :most',
    ExpressionAttributeNames: { '#run': 'b' },
    ExpressionAttributeValues: { ':now': { S: 'now' }, ':most': { N: '2' } },
  };
  const UNMET = {
    error: 'DynamoDb.ConditionalCheckFailedException',
    cause: 'The conditional request failed (Service: DynamoDb, Status Code: 400)',
  };

  it('is made if its condition is met, and else refused', () => {
    put(holding('a'));
    expect([call('updateItem', request), table.holders('etl')]).toEqual([{ output: {} }, ['a', 'b']]);
    expect([call('updateItem', request), table.holders('etl')]).toEqual([UNMET, ['a', 'b']]);
  });

  it('of an item that is not there makes one', () => {
    expect(call('updateItem', request)).toEqual(UNMET);
    const values = { ':at': { S: '1' }, ':run': { S: 'a' } };
    const made = {
      Key: key('a'),
      UpdateExpression: 'SET Arrived = :at, Run = :run',
      ExpressionAttributeValues: values,
    };
    expect(call('updateItem', made)).toEqual({ output: {} });
    expect([get('a'), table.line('etl')]).toEqual([{ output: { Item: waiting('a', '1') } }, ['a']]);
    expect(made.Key).toEqual(key('a'));
  });

  it('needs neither names nor values', () => {
    put({ ...key('places'), Day: { S: 'x' } });
    expect(call('updateItem', { Key: key('places'), UpdateExpression: 'REMOVE Day' })).toEqual({ output: {} });
    expect(get('places')).toEqual({ output: { Item: key('places') } });
  });

  it('deletes only if its condition is met', () => {
    put(waiting('a', '1'));
    const deletion = { Key: key('a'), ConditionExpression: 'attribute_exists(Other)' };
    expect([call('deleteItem', deletion), table.line('etl')]).toEqual([UNMET, ['a']]);
  });
});

it.each(['scan', 'batchWriteItem'])('%s is not known', (action) => {
  expect(() => call(action, {})).toThrow(new RegExp(`^This table does not know ${action}\\.$`));
});

it.each([
  ['query', {}, 'values'],
  ['query', { ExpressionAttributeValues: {} }, ':job'],
  ['query', { ExpressionAttributeValues: { ':job': { N: '1' } } }, ':job'],
  ['getItem', {}, 'Key'],
  ['getItem', { Key: { Item: { S: 'a' } } }, 'JobName'],
  ['getItem', { Key: { JobName: { S: 'a' } } }, 'Item'],
  ['putItem', {}, 'Item'],
  ['updateItem', {}, 'Key'],
  ['updateItem', { Key: key('a') }, 'UpdateExpression'],
  ['deleteItem', { Key: key('a'), ConditionExpression: 1 }, 'ConditionExpression'],
])('a request of %s with %j has no %s', (action, parameters, what) => {
  expect(() => call(action, parameters)).toThrow(`Expected ${what} to be`);
});
