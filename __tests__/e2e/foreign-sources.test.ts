import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { BatchJob } from '../../modules/batch-job';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type AppliedStack, describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
const job = { container: { packaging }, resources: { cpu: 1, memory: 512 } };
const invoices = "$ResourceParam('invoices', 'arn')";
const created = 's3:ObjectCreated:*';

/** One bucket and two jobs, by notifications and by EventBridge. */
const shared: BatchJobsConfig = {
  stackName: 'shared',
  region: 'eu-west-1',
  resources: {
    invoices: { type: 'bucket', properties: { versioning: true } },
    csv: {
      type: 'batch-job',
      properties: {
        ...job,
        events: [
          {
            type: 's3',
            properties: { bucketArn: invoices, s3EventType: created, filterRule: { prefix: 'a b=1/', suffix: '.csv' } },
          },
        ],
      },
    },
    json: {
      type: 'batch-job',
      properties: {
        ...job,
        events: [
          { type: 's3', properties: { bucketArn: invoices, s3EventType: created, filterRule: { suffix: '.json' } } },
          {
            type: 's3',
            properties: {
              bucketArn: invoices,
              s3EventType: 's3:ObjectCreated:Copy',
              filterRule: { prefix: 'in/', suffix: '.csv' },
              useEventBridge: true,
            },
          },
          { type: 'cloudwatch-log', properties: { logGroupArn: "$ResourceParam('csv', 'logGroupArn')" } },
        ],
      },
    },
  },
};

function values(applied: AppliedStack, type: string): { readonly [key: string]: unknown }[] {
  return [...applied.resources.values()]
    .filter((resource) => resource.type === type)
    .map((resource) => resource.values);
}

describeWith([terraformAvailable()], 'the real provider', () => {
  it('sets all rules of a bucket at once, and reads its name into patterns', async () => {
    const synthesized = synthesize(shared);
    const copy = workspace(synthesized.dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = await copy.mockApply();
      expect(values(applied, 'aws_s3_bucket_notification')).toMatchObject([
        {
          eventbridge: true,
          lambda_function: [
            { events: [created], filter_prefix: 'a+b%3D1/', filter_suffix: '.csv' },
            { events: [created], filter_suffix: '.json' },
          ],
        },
      ]);
      const [rule] = values(applied, 'aws_cloudwatch_event_rule');
      const { detail } = JSON.parse(String(rule?.event_pattern));
      expect(detail.bucket.name).toHaveLength(1);
      expect(detail.object.key).toEqual([{ wildcard: 'in/*.csv' }]);
      const [subscription] = values(applied, 'aws_cloudwatch_log_subscription_filter');
      const group = values(applied, 'aws_cloudwatch_log_group').find(({ name }) => name === '/batch-jobs/shared/csv');
      expect(String(group?.arn).split(':')[6]).toBe(subscription?.log_group_name);
    } finally {
      copy.dispose();
      synthesized.dispose();
    }
  });

  it('parses ARNs that only Terraform knows', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'foreign-'));
    const app = new App({ outdir });
    const stack = new TerraformStack(app, 'foreign');
    new AwsProvider(stack, 'provider', { region: 'eu-west-1' });
    new ArchiveProvider(stack, 'archives');
    const variable = (id: string, arn: string) => new TerraformVariable(stack, id, { default: arn }).stringValue;
    new BatchJob(stack, 'report', {
      ...job,
      events: [
        {
          type: 's3',
          properties: {
            bucket: { arn: variable('bucket', 'arn:aws:s3:::theirs') },
            s3EventType: created,
            useEventBridge: true,
          },
        },
        {
          type: 'cloudwatch-log',
          properties: {
            logGroup: { arn: variable('log', 'arn:aws:logs:eu-west-1:123456789012:log-group:/app/orders:*') },
          },
        },
      ],
    });
    app.synth();
    const copy = workspace(join(outdir, 'stacks', 'foreign'));
    try {
      const applied = await copy.mockApply();
      const [rule] = values(applied, 'aws_cloudwatch_event_rule');
      expect(JSON.parse(String(rule?.event_pattern)).detail).toEqual({ bucket: { name: ['theirs'] } });
      const [subscription] = values(applied, 'aws_cloudwatch_log_subscription_filter');
      expect(subscription?.log_group_name).toBe('/app/orders');
      const permissions = values(applied, 'aws_lambda_permission');
      expect(permissions.map(({ principal, source_arn }) => [principal, source_arn])).toContainEqual([
        'logs.amazonaws.com',
        'arn:aws:logs:eu-west-1:123456789012:log-group:*',
      ]);
    } finally {
      copy.dispose();
      rmSync(outdir, { recursive: true });
    }
  });
});
