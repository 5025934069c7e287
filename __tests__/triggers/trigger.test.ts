import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { EventTarget } from '../../modules/invocation/event-target';
import { ScheduleTrigger } from '../../triggers/schedule/trigger';
import { createTrigger } from '../../triggers/trigger';
import { foreignStack } from '../synthesis';

describe('trigger', () => {
  it('puts the trigger of an event’s type, under the id given, in front of a function', () => {
    const stack = foreignStack();
    const target: EventTarget = {
      name: 'reports-nightly',
      function: new LambdaFunction(stack, 'function', { functionName: 'mine', role: 'arn:role' }),
      undeliveredEvents: new SqsQueue(stack, 'queue', {}),
      grant: () => {
        throw new Error('a schedule needs nothing from the function that it invokes');
      },
    };
    const made = createTrigger(
      stack,
      'daily',
      { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
      target,
    );
    expect(made).toBeInstanceOf(ScheduleTrigger);
    expect(made.node.path).toBe('stack/daily');
  });
});
