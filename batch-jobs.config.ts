import { defineConfig } from 'cdktf-batch-jobs';

// The stack and its jobs. Your editor explains every property where you write it.
export default defineConfig({
  stackName: 'batch-jobs-example',
  region: 'eu-west-1',
  resources: {
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: {
            type: 'stacktape-image-buildpack',
            properties: { entryfilePath: 'jobs/nightly-report.ts' },
          },
          environment: { REPORT_FORMAT: 'csv' },
        },
        resources: { cpu: 2, memory: 1800 },
        useSpotInstances: true,
        timeout: 1200,
        retryConfig: { attempts: 3, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 },
        events: [
          { type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } },
          { type: 'schedule', properties: { scheduleRate: 'rate(12 hours)' } },
        ],
      },
    },
  },
});
