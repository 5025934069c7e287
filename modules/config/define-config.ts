import type { BatchJobProperties, BatchJobResource, WrittenConfig, WrittenEvent, WrittenResource } from './written';

/**
 * Gives a config its types, and so completion and documentation in an editor; returns it as it is.
 *
 * @example
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
 * const nightly = defineEvent({ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } });
 */
export function defineEvent<Type extends WrittenEvent['type']>(
  event: { readonly type: Type } & EventOf<Type>,
): EventOf<Type> {
  return event;
}

/** Gives a resource that is written outside of a config its type, without `as const`. */
export function defineResource(resource: WrittenResource): WrittenResource {
  return resource;
}

/** A job of a config, of its properties: `defineJob({ container, resources })`. */
export function defineJob(properties: BatchJobProperties): BatchJobResource {
  return { type: 'batch-job', properties };
}
