import type { Construct } from 'constructs';
import type { EventTarget } from '../modules/invocation/event-target';
import { SOURCES, sourceOf } from './registry';
import type { WithoutTarget } from './source';

type Triggers = { [Each in (typeof SOURCES)[number] as Each['type']]: ReturnType<Each['trigger']> };

/** Properties of the trigger of one type, without its target. */
export type TriggerProps<Type extends keyof Triggers> = WithoutTarget<ConstructorParameters<Triggers[Type]>[2]>;

/** An event source of a job: as in a config, with objects or ARNs instead of names. */
export type EventSource = {
  [Type in keyof Triggers]: {
    readonly type: Type;
    readonly properties: TriggerProps<Type>;
    /** Construct ID of the trigger. @default the type and the position among the job's sources of that type */
    readonly id?: string;
  };
}[keyof Triggers];

/** Types of event sources. */
export const EVENT_TYPES: readonly string[] = SOURCES.map(({ type }) => type).sort();

/**
 * Connects an event source to a function.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchJob } from 'cdktf-batch-jobs';
 * import { createTrigger, type EventSource } from 'cdktf-batch-jobs/triggers';
 *
 * declare const stack: TerraformStack;
 * declare const job: BatchJob;
 * const source: EventSource = { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } };
 * createTrigger(stack, 'daily', source, job.trigger);
 */
export function createTrigger(scope: Construct, id: string, source: EventSource, target: EventTarget): Construct {
  const Trigger = sourceOf(source.type).trigger();
  return new Trigger(scope, id, { ...source.properties, target });
}
