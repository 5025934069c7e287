import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider/index.js';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { App, TerraformStack } from 'cdktf';
import { BatchJob, BatchJobsStack, loadConfig } from 'cdktf-batch-jobs';
import { event } from 'cdktf-batch-jobs/job';
import { Queue } from 'cdktf-batch-jobs/resources';
import { ScheduleTrigger } from 'cdktf-batch-jobs/triggers';
import type { Construct } from 'constructs';

/** A CDKTF stack that uses the construct without this project's config. */
class Theirs extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, 'aws', { region: 'eu-west-1' });
    new ArchiveProvider(this, 'archive');
    const job = new BatchJob(this, 'nightly', {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
      resources: { cpu: 1, memory: 512 },
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
    });
    new ScheduleTrigger(this, 'weekly', { target: job.trigger, scheduleRate: 'rate(7 days)' });
  }
}

async function main(): Promise<void> {
  const app = new App();
  new Theirs(app, 'theirs');
  new BatchJobsStack(app, await loadConfig());
  app.synth();
  console.log([typeof Queue, typeof event].join());
}

void main();
