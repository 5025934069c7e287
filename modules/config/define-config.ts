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
