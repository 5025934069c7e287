import { StackResources } from '../../../../cli/console/picture/stack-resources';

it('the JSON of resources has no values of secrets', () => {
  const resource = {
    aws_secretsmanager_secret_version: { db: { secret_id: 'db', secret_string: 'hunter2' } },
    aws_sqs_queue: { inbox: { name: 'inbox' } },
  };
  expect(new StackResources({ resource }).json).toEqual({
    'aws_secretsmanager_secret_version.db': { secret_id: 'db', secret_string: '(sensitive)' },
    'aws_sqs_queue.inbox': { name: 'inbox' },
  });
});
