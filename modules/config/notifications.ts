import type { z } from 'zod';
import { strict } from './checked';
import { type notificationTarget, notificationTargets, stuckTargets } from './notification-target';

/** Who is told about the runs of a job. */
export const notifications = strict({
  /** Told when a run fails: after its last attempt, by a timeout, because no instance can ever run it, or because somebody stopped it. One target or a list of targets. In a job, `[]` turns off the stack's default. @default the stack's `onFailure`, else nobody */
  onFailure: notificationTargets.optional(),
  /** Told when a run succeeds. One target or a list of targets. In a job, `[]` turns off the stack's default. @default the stack's `onSuccess`, else nobody */
  onSuccess: notificationTargets.optional(),
  /** Told when a run waits in the queue for longer than the target's `afterSeconds`, once for each attempt. One target or a list of targets. In a job, `[]` turns off the stack's default. @default the stack's `onStuck`, else nobody */
  onStuck: stuckTargets.optional(),
});

/** Notifications as in a config, with names of resources. */
export type Notifications = z.output<typeof notifications>;

/** A target as in a config. */
export type NamedTarget = z.output<typeof notificationTarget> & { readonly afterSeconds?: number };

/** The kinds of notifications. */
export const NOTIFICATION_KINDS = Object.keys(notifications.shape) as (keyof Notifications)[];
