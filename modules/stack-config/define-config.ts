import type { WrittenEvent } from '../../triggers/registry';
import type { BatchJobProperties, BatchJobResource, WrittenConfig, WrittenResource } from './written';

/**
 * Gives a config its types, for completion and documentation in your editor. Returns the config unchanged.
 *
 * @example
 * import { defineConfig } from 'cdktf-batch-jobs';
 *
 * export default defineConfig({
 *   stackName: 'reports',
 *   resources: {
 *     nightlyReport: {
 *       type: 'batch-job',
 *       properties: {
 *         container: { packaging: { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } } },
 *         resources: { cpu: 2, memory: 1800 },
 *         events: [{ type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } }],
 *       },
 *     },
 *   },
 * });
 */
export function defineConfig(config: WrittenConfig): WrittenConfig {
  return config;
}

/** The event of one type. */
type EventOf<Type extends WrittenEvent['type']> = Extract<WrittenEvent, { type: Type }>;

/**
 * Gives an event that is written outside of a config, in a constant or a loop, its type, without `as const`.
 *
 * @example
 * import { defineEvent } from 'cdktf-batch-jobs';
 *
 * const nightly = defineEvent({ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } });
 */
export function defineEvent<Type extends WrittenEvent['type']>(
  event: { readonly type: Type } & EventOf<Type>,
): EventOf<Type> {
  return event;
}

/**
 * Gives a resource that is written outside of a config its type, without `as const`.
 *
 * @example
 * import { defineResource } from 'cdktf-batch-jobs';
 *
 * const inbox = defineResource({ type: 'sqs-queue', properties: { visibilityTimeoutSeconds: 300 } });
 */
export function defineResource(resource: WrittenResource): WrittenResource {
  return resource;
}

/**
 * A job of a config, from its properties.
 *
 * @example
 * import { defineJob } from 'cdktf-batch-jobs';
 *
 * const nightlyReport = defineJob({
 *   container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
 *   resources: { cpu: 2, memory: 1800 },
 * });
 */
export function defineJob(properties: BatchJobProperties): BatchJobResource {
  return { type: 'batch-job', properties };
}
