import type { BatchJobsConfig } from './config';

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
export function defineConfig(config: BatchJobsConfig): BatchJobsConfig {
  return config;
}

/** A resource of a config, as a person writes it. */
type ConfigResource = BatchJobsConfig['resources'][string];

/** The properties of a job, as a person writes them. */
type JobProperties = Extract<ConfigResource, { type: 'batch-job' }>['properties'];

/** An event of a job, as a person writes it. */
type JobEventInput = NonNullable<JobProperties['events']>[number];

/** The event of one type. */
type EventOf<Type extends JobEventInput['type']> = Extract<JobEventInput, { type: Type }>;

/**
 * Gives an event that is written outside of a config, in a constant or a loop, its type, without `as const`.
 *
 * @example
 * const nightly = defineEvent({ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } });
 */
export function defineEvent<Type extends JobEventInput['type']>(
  event: { readonly type: Type } & EventOf<Type>,
): EventOf<Type> {
  return event;
}

/** Gives a resource that is written outside of a config its type, without `as const`. */
export function defineResource(resource: ConfigResource): ConfigResource {
  return resource;
}

/** A job of a config, of its properties: `defineJob({ container, resources })`. */
export function defineJob(properties: JobProperties): Extract<ConfigResource, { type: 'batch-job' }> {
  return { type: 'batch-job', properties };
}
