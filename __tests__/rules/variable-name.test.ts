import { variableName } from '../../modules/rules/variable-name';

it.each([
  ['myDatabase', 'connectionString', 'STP_MY_DATABASE_CONNECTION_STRING'],
  ['photosBucket', 'name', 'STP_PHOTOS_BUCKET_NAME'],
  ['inference', 'stateMachineArn', 'STP_INFERENCE_STATE_MACHINE_ARN'],
  ['bucket2', 'arn', 'STP_BUCKET2_ARN'],
  ['bucket2Copy', 'arn', 'STP_BUCKET2_COPY_ARN'],
  ['HTMLPages', 'arn', 'STP_HTML_PAGES_ARN'],
  ['orders-queue', 'url', 'STP_ORDERS_QUEUE_URL'],
])('%s, %s: %s', (resource, param, name) => {
  expect(variableName(resource, param)).toBe(name);
});
