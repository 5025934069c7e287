import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import type { Companion } from '../companion';
import { type STATE_MACHINE_PARAMS, stateMachineResource } from './schema';

export type StateMachineProps = Pick<z.input<typeof stateMachineResource>, 'existing'>;

/**
 * An existing state machine. Creates nothing.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import { StateMachine } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * new StateMachine(stack, 'checkout', {
 *   existing: { arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:checkout' },
 * });
 */
export class StateMachine extends Construct implements Companion<'state-machine'> {
  readonly type = 'state-machine';
  readonly arn: string;
  readonly params: Companion<'state-machine', typeof STATE_MACHINE_PARAMS>['params'];

  constructor(scope: Construct, id: string, given: StateMachineProps) {
    super(scope, id);
    const { existing } = companionProps(this, given, stateMachineResource);
    this.arn = existing.arn;
    this.params = { arn: this.arn, name: nameOf(this.arn) };
  }
}

/** `arn:aws:states:<region>:<account>:stateMachine:<name>` */
function nameOf(arn: string): string | undefined {
  return Token.isUnresolved(arn) ? Fn.element(Fn.split(':', arn), 6) : arn.split(':')[6];
}
