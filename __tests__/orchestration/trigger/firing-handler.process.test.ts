import { firingProgram } from '../../../modules/orchestration/trigger-bundle';
import { FakeAws } from './fake-aws';
import { TEST_CREDENTIALS } from './signature';
import { TriggerProcess } from './trigger-process';

/** The bundle that is deployed for jobs with inputs of EventBridge Scheduler, like in `handler.process.test.ts`. */

const aws = new FakeAws();
const trigger = new TriggerProcess(firingProgram.text());

beforeAll(() => aws.listen());
beforeEach(() => {
  aws.reset();
  trigger.output = '';
});
afterAll(async () => {
  await trigger.stop();
  await aws.close();
});

async function run(event: unknown, awsRequestId?: string) {
  const { result, error } = await trigger.invokeText(JSON.stringify(event), {
    variables: {
      ...TEST_CREDENTIALS,
      STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports',
      JOB_NAME: 'reports',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_SFN: null,
      AWS_ENDPOINT_URL_S3: null,
      PAYLOAD_BUCKET: 'payloads',
      OVERRIDES_BUDGET: '7000',
    },
    ...(awsRequestId && { awsRequestId }),
  });
  expect(error).toBeUndefined();
  const { executionName } = result as { executionName: string };
  return { name: executionName, input: aws.execution(executionName).input };
}

function firing({ schedule = 'daily', time = '2026-03-29T01:00:00Z', ...more }: { [key: string]: unknown }) {
  const arn = `arn:aws:scheduler:eu-west-1:123456789012:schedule/default/${schedule}`;
  return {
    version: '0',
    id: `${arn}/${time}`,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '123456789012',
    time,
    region: 'eu-west-1',
    resources: [arn],
    detail: {},
    ...more,
  };
}

test.each([
  ['an object', { full: false, 'deep "key"': [null, 1.5] }],
  ['a string', 'text'],
  ['null', null],
  ['false', false],
  ['an empty object', {}],
  ['what looks like an event', { id: 'a', source: 'aws.scheduler' }],
])('the job gets the input alone: %s', async (_, input) => {
  expect((await run(firing({ input }))).input).toBe(JSON.stringify(input));
});

test('a firing that is delivered again starts no second run, whatever the request', async () => {
  const event = firing({ input: { full: false } });
  const names = [await run(event, 'one'), await run(event, 'two'), await run(event)].map(({ name }) => name);
  expect(new Set(names).size).toBe(1);
});

test('two firings, and two schedules, with equal input are two runs', async () => {
  const input = { full: false };
  const names = [
    await run(firing({ input })),
    await run(firing({ input, time: '2026-03-30T01:00:00Z' })),
    await run(firing({ input, schedule: 'other' })),
  ].map(({ name }) => name);
  expect(new Set(names).size).toBe(3);
});

test('the log ties the request to the firing', async () => {
  const event = firing({ input: 1 });
  await run(event, 'request-1');
  const lines = trigger.output
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as object);
  expect(lines[0]).toMatchObject({ level: 'INFO', requestId: 'request-1', firing: event.id });
  expect(lines[1]).toMatchObject({ level: 'INFO', requestId: event.id });
});

test('a firing without input, and the event of another source, stay as they are', async () => {
  const plain = firing({});
  const others = [plain, { input: 1 }, { id: 'a', source: 'shop', input: 1 }, [1], 'text', null];
  for (const event of others) expect((await run(event)).input).toBe(JSON.stringify(event));
  expect((await run(plain, 'one')).name).toBe((await run(plain, 'two')).name);
});
