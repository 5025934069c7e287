import { withArticle } from '../../modules/config/type-name';

it.each([
  ['an application-load-balancer'],
  ['a batch-job'],
  ['a bucket'],
  ['a dynamo-db-table'],
  ['an event-bus'],
  ['an existing'],
  ['a function'],
  ['an http-api-gateway'],
  ['a redis-cluster'],
  ['an sns-topic'],
  ['an sqs-queue'],
  ['a user-auth-pool'],
])('%s', (shown) => {
  expect(withArticle(shown.replace(/^an? /, ''))).toBe(shown);
});
