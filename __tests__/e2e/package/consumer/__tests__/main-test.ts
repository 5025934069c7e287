import 'cdktf/lib/testing/adapters/jest';
import { copyFileSync } from 'node:fs';
import { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Testing } from 'cdktf';
import { BatchJob, BatchJobsStack, loadConfig } from 'cdktf-batch-jobs';

describe('a job in a stack', () => {
  it('has a job definition', () => {
    const synthesized = Testing.synthScope((scope) => {
      new BatchJob(scope, 'nightly', {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
        resources: { cpu: 1, memory: 512 },
      });
    });
    expect(synthesized).toHaveResourceWithProperties(BatchJobDefinition, { name: 'stack-nightly', type: 'container' });
  });
});

describe('a config', () => {
  it.each(['batch-jobs.config.ts', 'reports.config.mts', 'reports.yml'])('is a stack: %s', async (file) => {
    copyFileSync('batch-jobs.config.ts', 'reports.config.mts');
    const stack = new BatchJobsStack(Testing.app(), await loadConfig(file));
    expect(Testing.synth(stack)).toHaveResourceWithProperties(SqsQueue, { name: 'reports-inbox' });
    expect(Testing.synth(stack)).toHaveResource(BatchJobDefinition);
  });
});
