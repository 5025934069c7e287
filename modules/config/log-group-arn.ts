import { arnFix, LOG_GROUP_NAME } from '../rules/arn-fix';
import { text } from './checked';

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
      ? arnFix(
          { example: 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders', name: LOG_GROUP_NAME },
          found,
        )
      : `that is a function: write arn:aws:logs:${region}:${account}:log-group:/aws/lambda/${name}`;
  },
});
