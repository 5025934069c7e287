import { z } from 'zod';
import { strict, text } from '../checked';

/** A state machine that is there already; those of jobs go by the name of the job. */
export const stateMachineResource = strict({
  /** Kind of resource. */
  type: z.literal('state-machine'),
  /** The state machine, which this stack does not change. */
  existing: strict({
    /** ARN of the state machine. */
    arn: text({
      pattern: /^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[^:\s]+$/,
      orDirective: true,
      accepted: 'the ARN of a state machine',
      fix: 'write an ARN such as arn:aws:states:eu-west-1:123456789012:stateMachine:orders',
    }),
  }),
});
