import { z } from 'zod';
import { nonEmpty, strict } from '../checked';

/** Starts the job by records of a log group; the event is base64 and gzip, as CloudWatch sends it. */
export const cloudwatchLog = strict({
  /** Starts the job by records of a log group; the event is base64 and gzip, as CloudWatch sends it. */
  type: z.literal('cloudwatch-log'),
  /** Which log group and which records. */
  properties: strict({
    /** ARN of the log group. */
    logGroupArn: nonEmpty('the ARN of a log group'),
    /** CloudWatch filter pattern. @default every record */
    filter: z.string().default(''),
  }),
});
