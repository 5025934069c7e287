import { z } from 'zod';
import { nonEmpty, numberIn, strict } from '../checked';
import { streamProperties } from './stream';

/** Starts the job by changes of a DynamoDB table; one batch, one run. */
export const dynamoDbStream = strict({
  /** Starts the job by changes of a DynamoDB table; one batch, one run. */
  type: z.literal('dynamo-db-stream'),
  /** Which stream, and how records are gathered. */
  properties: strict({
    /** ARN of the table's stream. */
    streamArn: nonEmpty('the ARN of a stream'),
    /** Most records of a batch, 1 to 1,000. @default 100 */
    batchSize: numberIn({ unit: 'records', min: 1, max: 1000 }).default(100),
    ...streamProperties,
  }),
});
