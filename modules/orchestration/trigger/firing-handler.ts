import type { TriggerResult } from './answer';
import { handler as start, type TriggerContext } from './handler';
import { asObject, asText } from './json';
import { log } from './log';
import type { WebResponse } from './web-response';

/**
 * The trigger function of a job with a schedule of EventBridge Scheduler that has an input. Such a firing is a scheduled event with the
 * job's input beside its id. The job gets the input alone, and the id identifies the firing: Lambda's request ID would be new each time
 * that Scheduler delivers it again. Every other event passes unchanged.
 */
export async function handler(
  event: unknown,
  context: TriggerContext,
): Promise<TriggerResult | WebResponse | undefined> {
  const { id, source, input } = asObject<FiringWithInput>(event) ?? {};
  const firing = asText(id);
  if (firing === undefined || source !== 'aws.scheduler' || input === undefined) return start(event, context);
  log('INFO', { requestId: context.awsRequestId, firing });
  return start(input, {
    awsRequestId: firing,
    getRemainingTimeInMillis: () => context.getRemainingTimeInMillis(),
  });
}

interface FiringWithInput {
  /** The schedule's ARN and the scheduled time, so that it is the same in each attempt. */
  readonly id: string;
  readonly source: 'aws.scheduler';
  readonly input: unknown;
}
