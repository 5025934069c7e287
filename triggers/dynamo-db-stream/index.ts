import { IN_REGION, OF_QUEUE, OF_TOPIC } from '../../modules/config/arn-rule';
import { MAPPING } from '../mapping-resources';
import { source } from '../source';
import { FILTER_ALIASES, STREAM_ALIASES } from '../stream';
import { dynamoDbStream } from './schema';

export type { DynamoDbStreamEvent } from './schema';

/** Changes of a DynamoDB table. */
export const DYNAMO_DB_STREAM_SOURCE = source({
  schema: dynamoDbStream,
  trigger: () => (require('./trigger') as typeof import('./trigger')).DynamoDbStreamTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).dynamoDbStream,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  delivery: () => (require('./delivery') as typeof import('./delivery')).delivery,
  mapping: 'dynamodb',
  selects: ['streamArn'],
  duplicate: 'Lambda accepts one event source mapping of a stream to a function',
  // Lambda polls streams in its own region, also in other accounts.
  arns: {
    streamArn: { ...IN_REGION, refersTo: { 'dynamo-db-table': 'streamArn' } },
    'onFailure.arn': { ...IN_REGION, refersTo: { ...OF_QUEUE, ...OF_TOPIC } },
  },
  aliases: { streamArn: 'eventSourceArn tableArn', filterCriteria: FILTER_ALIASES, ...STREAM_ALIASES },
  creates: MAPPING,
  rules: () => (require('./rules') as typeof import('./rules')).DYNAMO_DB_STREAM_RULES,
  props: (properties, resources) => resources.resolve(properties),
});
