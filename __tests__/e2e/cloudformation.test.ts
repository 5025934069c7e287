import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { App, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import { CloudFormationResources } from '../../modules/cloudformation/cloudformation-resources';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';

/** Two queues and a topic that CloudFormation makes; one queue gives what it cannot handle to a queue that Terraform makes. */
function synthesize(outdir: string): string {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'cloudformation');
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  const dead = new SqsQueue(stack, 'dead', { name: 'dead' });
  const asked = [
    { logicalId: 'inbox', attribute: 'Arn' },
    { logicalId: 'inbox', attribute: 'QueueName' },
    { logicalId: 'orders', attribute: 'Arn' },
  ];
  const made = new CloudFormationResources(stack, 'made', {
    stackName: 'cloudformation',
    resources: {
      inbox: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          QueueName: 'inbox',
          RedrivePolicy: { deadLetterTargetArn: "$ResourceParam('dead', 'arn')", maxReceiveCount: 3 },
        },
      },
      orders: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'orders' } },
    },
    asked,
    resourceParam: () => dead.arn,
  });
  for (const directive of asked) {
    const name = `${directive.logicalId}${directive.attribute}`;
    new TerraformOutput(stack, name, { value: made.attribute(directive) }).overrideLogicalId(name);
  }
  app.synth();
  return join(outdir, 'stacks', 'cloudformation');
}

describeWith([terraformAvailable(), emulatorAvailable()], 'resources of CloudFormation', () => {
  const outdir = mkdtempSync(join(tmpdir(), 'cloudformation-'));
  let emulator: Emulator;
  let copy: Workspace;

  beforeAll(async () => {
    emulator = await startEmulator();
    copy = workspace(synthesize(outdir), { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    rmSync(outdir, { recursive: true });
    await emulator?.stop();
  });

  it('are created by a real apply, and their stack returns the attributes', async () => {
    await copy.plan();
    const { outputs } = await copy.applySavedPlan();
    expect(outputs).toEqual({
      inboxArn: `arn:aws:sqs:eu-west-1:${emulator.account}:inbox`,
      inboxQueueName: 'inbox',
      ordersArn: `arn:aws:sns:eu-west-1:${emulator.account}:orders`,
    });
  });

  it('show no change when they are planned again', async () => {
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
  });
});
