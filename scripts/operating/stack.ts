import type { BatchJobsConfig } from '../../modules/stack-config/config';

/** The stack whose operation the page shows. */
export const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    orders: { type: 'sqs-queue' },
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 2, memory: 1800 },
        useSpotInstances: true,
        retryConfig: {
          attempts: 2,
          retryIntervalSeconds: 1,
          spotInterruption: { freeRestarts: 2, thenOnDemand: true },
        },
        events: [
          { type: 'sqs', properties: { sqsQueueName: 'orders' } },
          { type: 'schedule', properties: { scheduleRate: 'cron(0 6 * * ? *)' } },
        ],
      },
    },
  },
};
