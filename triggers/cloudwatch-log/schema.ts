import { z } from 'zod';
import { refuse, strict } from '../../modules/config/checked';
import { logGroupArn } from '../../modules/config/log-group-arn';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue } from '../../modules/problems/found';

/** Maximum length of a filter pattern: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutSubscriptionFilter.html */
const MAX_FILTER_LENGTH = 1024;

const settings = {
  /** CloudWatch filter pattern, up to 1,024 characters. @default every record */
  filter: z
    .string()
    .check((context) => {
      const { length } = context.value;
      if (length <= MAX_FILTER_LENGTH) return;
      const accepted = `a filter pattern of up to ${MAX_FILTER_LENGTH} characters`;
      refuse(context, { found: foundValue(context.value), accepted, fix: `shorten it: it has ${length}` });
    })
    .default(''),
};

/** Settings that a config and the trigger construct have in common. */
export const cloudwatchLogSettings = strict(settings);

/** Starts the job from records of a log group. The event is in base64 and gzip, as CloudWatch Logs sends it. */
export const cloudwatchLog = strict({
  /** Starts the job from records of a log group. The event is in base64 and gzip, as CloudWatch Logs sends it. */
  type: z.literal('cloudwatch-log'),
  /** Which log group, and which of its records. */
  properties: strict({
    /** ARN of the log group. For one of this config: `$ResourceParam('myFunction', 'logGroupArn')`. */
    logGroupArn,
    ...settings,
  }),
});

export interface CloudwatchLogEventProperties extends WrittenProperties<typeof cloudwatchLog>, ByName {}
/** Such an event as written in a config. */
export interface CloudwatchLogEvent extends Written<z.input<typeof cloudwatchLog>> {
  readonly properties: CloudwatchLogEventProperties;
}
