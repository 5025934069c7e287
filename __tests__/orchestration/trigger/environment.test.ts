import { triggerEnvironment } from '../../../modules/orchestration/trigger/environment';
import { TEST_CREDENTIALS } from './signature';

const REQUIRED = {
  ...TEST_CREDENTIALS,
  STATE_MACHINE_ARN: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports',
  JOB_NAME: 'reports',
};

test('what may be left out has its default', () => {
  expect(triggerEnvironment(REQUIRED)).toMatchObject({
    payloadBucket: undefined,
    overridesBudget: 7168,
    region: 'eu-west-1',
    stepFunctionsEndpoint: undefined,
    s3Endpoint: undefined,
  });
});

test('an empty variable counts as left out', () => {
  const empty = {
    PAYLOAD_BUCKET: '',
    OVERRIDES_BUDGET: '',
    AWS_REGION: '',
    AWS_ENDPOINT_URL: '',
    AWS_SESSION_TOKEN: '',
  };
  expect(triggerEnvironment({ ...REQUIRED, ...empty })).toEqual(
    triggerEnvironment({ ...REQUIRED, AWS_SESSION_TOKEN: undefined }),
  );
});

test('the region of the environment beats that of the state machine', () => {
  expect(triggerEnvironment({ ...REQUIRED, AWS_REGION: 'us-east-1' }).region).toBe('us-east-1');
});

test('without any region it says so', () => {
  expect(() => triggerEnvironment({ ...REQUIRED, STATE_MACHINE_ARN: 'reports' })).toThrow(
    'The environment variable AWS_REGION is not set.',
  );
});

test.each(['0', '8192'])('a budget of %s is taken', (budget) => {
  expect(triggerEnvironment({ ...REQUIRED, OVERRIDES_BUDGET: budget }).overridesBudget).toBe(Number(budget));
});

test.each(['-1', '8193', '1.5', 'many'])('a budget of %s is refused', (budget) => {
  expect(() => triggerEnvironment({ ...REQUIRED, OVERRIDES_BUDGET: budget })).toThrow(
    `OVERRIDES_BUDGET is "${budget}"; it takes a whole number of characters from 0 to 8192.`,
  );
});
