import { standardDestination, typedDestination } from '../delivery-rules';
import { dynamoDbStream } from './schema';

export const DYNAMO_DB_STREAM_RULES = [standardDestination(dynamoDbStream), typedDestination(dynamoDbStream)];
