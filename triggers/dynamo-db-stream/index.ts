import { source } from '../source';
import { dynamoDbStream as schema } from './schema';

/** Changes of a DynamoDB table. */
export const dynamoDbStream = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).DynamoDbStreamTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).dynamoDbStream,
  selects: ['streamArn'],
  duplicate: 'Lambda accepts one event source mapping of a stream to a function',
  props: (properties, resources) => resources.resolve(properties),
});
