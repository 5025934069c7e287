import { defineConfig, resourceParam } from 'cdktf-batch-jobs';

export default defineConfig({
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    inbox: { type: 'sqs-queue' },
    report: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } },
          environment: { INBOX_URL: resourceParam('inbox', 'url') },
        },
        resources: { cpu: 1, memory: 512 },
        events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
      },
    },
  },
});
