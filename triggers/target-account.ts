import { Fn } from 'cdktf';
import type { EventTarget } from './event-target';

/** The account that a target's function is in: sources whose ARN names no account are let in from this one alone. */
export function targetAccount({ function: { arn } }: EventTarget): string {
  return Fn.element(Fn.split(':', arn), 4);
}
