/** ARN of a standard topic. The name of a FIFO topic ends in `.fifo`. */
export const STANDARD_TOPIC_ARN = /^arn:[^:]+:sns:[^:]+:\d{12}:(?!.*\.fifo$)[\w-]{1,256}$/;

/** The fix for a FIFO topic that would tell people something. */
export const FOR_PEOPLE =
  'use a standard topic: mail and text messages, which people read, come from standard topics only';
