import { hasEnded, KeeperRequests, NOBODY_WAITS } from '../../modules/limits/keeper-states';

const requests = new KeeperRequests('aws-cn', 'places');

it('sends a request to the service in the partition, and drops the result', () => {
  expect(requests.task('dynamodb:query', { Limit: 1 }, { Next: 'Done' })).toMatchObject({
    Type: 'Task',
    Resource: 'arn:aws-cn:states:::aws-sdk:dynamodb:query',
    Parameters: { Limit: 1 },
    ResultPath: null,
    Next: 'Done',
  });
});

it('repeats no request whose answer cannot change', () => {
  const { Retry } = requests.task('sfn:sendTaskSuccess', {}, {});
  expect(Retry[0]).toEqual({ ErrorEquals: expect.arrayContaining(NOBODY_WAITS), MaxAttempts: 0 });
});

it.each([
  [undefined, 'Met'],
  ['Unmet', 'Unmet'],
])('an update whose condition is not met, with the state %s for it, goes to %s', (unmet, next) => {
  const { Catch } = requests.update({}, 'Met', unmet) as { Catch?: { Next: string }[] };
  expect(Catch?.map(({ Next }) => Next)).toEqual([next]);
});

it('asks for the last event only, without data, and goes elsewhere for a run that Step Functions does not know', () => {
  expect(requests.lastEvent('$.run', 'Known', 'Unknown')).toMatchObject({
    Parameters: { ReverseOrder: true, MaxResults: 1, IncludeExecutionData: false },
    Catch: [{ ErrorEquals: ['Sfn.ExecutionDoesNotExistException', 'Sfn.ExecutionDoesNotExist'], Next: 'Unknown' }],
    Next: 'Known',
  });
});

it('knows each event that ends an execution', () => {
  const { Choices, Default } = hasEnded('Ended', 'Goes on');
  expect(Choices).toHaveLength(4);
  expect(Default).toBe('Goes on');
});
