import { z } from 'zod';
import { strict, text } from '../../config/checked';
import type { ByName, Written } from '../../config/written';
import { arnFix, STATE_MACHINE_NAME } from '../../rules/arn-fix';

/** An existing state machine. To refer to a job's state machine, use the job's name. */
export const stateMachineResource = strict({
  /** Type of the resource. */
  type: z.literal('state-machine'),
  /** The state machine, which the stack doesn't change. */
  existing: strict({
    /** ARN of the state machine. */
    arn: text({
      pattern: /^arn:[\w-]+:states:[\w-]+:\d{12}:stateMachine:[^:\s]+$/,
      orDirective: true,
      accepted: 'the ARN of a state machine',
      fix: (found) =>
        arnFix(
          { example: 'arn:aws:states:eu-west-1:123456789012:stateMachine:orders', name: STATE_MACHINE_NAME },
          found,
        ),
    }),
  }),
});

/** What others can ask of a state machine. */
export const STATE_MACHINE_PARAMS = ['name', 'arn'] as const;

/** Such a resource as written in a config. */
export interface StateMachineResource extends Written<z.input<typeof stateMachineResource>>, ByName {}
