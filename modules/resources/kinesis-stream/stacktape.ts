import { beside, type StacktapeType } from '../../config/stacktape';

/** What Stacktape's streams have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    enableEnhancedFanOut: 'remove it, and set autoCreateConsumer of the event',
    consumers: beside('aws_kinesis_stream_consumer'),
  },
};
