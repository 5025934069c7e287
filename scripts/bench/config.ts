import type { BatchJobsConfig } from '../../modules/stack-config/config';

/** Name of the stack that is synthesized. */
export const STACK_NAME = 'bench';

/** Name of the n-th job, from 1. All names have the same length, so documents grow only with the number of jobs. */
export function jobName(number: number): string {
  return `job${String(number).padStart(6, '0')}`;
}

/** A config with this number of jobs, which differ only in their names. Each has three schedules. */
export function benchConfig(jobs: number): BatchJobsConfig {
  const names = Array.from({ length: jobs }, (_, index) => jobName(index + 1));
  return {
    stackName: STACK_NAME,
    region: 'eu-west-1',
    resources: Object.fromEntries(names.map((name) => [name, job(name)])),
  };
}

function job(name: string): BatchJobsConfig['resources'][string] {
  return {
    type: 'batch-job',
    properties: {
      container: {
        packaging: {
          type: 'prebuilt-image',
          properties: {
            image: 'public.ecr.aws/docker/library/busybox:1.37',
            command: ['sh', '-c', 'echo "$STP_TRIGGER_EVENT_DATA"'],
          },
        },
        environment: { REPORT_NAME: name, REPORT_FORMAT: 'csv' },
      },
      resources: { cpu: 2, memory: 1800 },
      useSpotInstances: true,
      timeout: 1200,
      retryConfig: { attempts: 3, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 },
      events: [
        { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
        { type: 'schedule', properties: { scheduleRate: 'rate(12 hours)', input: { full: false } } },
        { type: 'schedule', properties: { scheduleRate: 'rate(1 day)', inputPath: '$.detail' } },
      ],
    },
  };
}
