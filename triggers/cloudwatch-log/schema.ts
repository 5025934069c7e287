import { z } from 'zod';
import { refuse, strict, text } from '../../modules/config/checked';
import type { ByName, Written, WrittenProperties } from '../../modules/config/written';
import { foundValue } from '../../modules/problems/found';

/** `arn:aws:logs:eu-west-1:123456789012:log-group:/a/name`, with an optional `:*` at its end, in any partition. */
const LOG_GROUP_ARN = /^arn:[\w-]+:logs:[a-z0-9-]+:\d{12}:log-group:[\w.\-/#]{1,512}(:\*)?$/;

const FUNCTION_ARN = /^arn:[\w-]+:lambda:([a-z0-9-]+):(\d{12}):function:([\w-]+)/;

/** ARN of a log group, with an optional `:*` at its end. */
export const logGroupArn = text({
  pattern: LOG_GROUP_ARN,
  orDirective: true,
  accepted: 'the ARN of a log group, such as arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders',
  fix: (found) => {
    const [, region, account, name] = FUNCTION_ARN.exec(found) ?? [];
    return name === undefined
      ? 'write arn:aws:logs:<region>:<account>:log-group:<name>'
      : `that is a function: write arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}`;
  },
});

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
