import { standardDestination, typedDestination } from '../delivery-rules';
import { kinesisStream } from './schema';

export const KINESIS_STREAM_RULES = [standardDestination(kinesisStream), typedDestination(kinesisStream)];
