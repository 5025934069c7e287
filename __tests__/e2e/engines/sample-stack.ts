import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { BatchComputeEnvironment } from '@cdktf/provider-aws/lib/batch-compute-environment';
import { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import { BatchJobQueue } from '@cdktf/provider-aws/lib/batch-job-queue';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchEventTarget } from '@cdktf/provider-aws/lib/cloudwatch-event-target';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DataAwsAvailabilityZones } from '@cdktf/provider-aws/lib/data-aws-availability-zones';
import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { IamInstanceProfile } from '@cdktf/provider-aws/lib/iam-instance-profile';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { App, AssetType, Fn, TerraformAsset, TerraformOutput, TerraformStack } from 'cdktf';

const HANDLER = `
exports.handler = async (event) => {
  await fetch(process.env.SINK_URL, { method: 'POST', body: JSON.stringify(event) });
  return { statusCode: 200, body: JSON.stringify({ seen: true }) };
};
`;

const assumedBy = (service: string): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  });

export interface SampleStackOptions {
  /** Where the function posts each event that it gets. @default nowhere that listens */
  readonly sinkUrl?: string;
  /** Schedule of the rule that invokes the function. @default 'rate(1 hour)' */
  readonly schedule?: string;
}

/**
 * The harness's own test piece: every resource type that a stack of this project is made of, put together without any of
 * the project's modules, so that a failure here is the harness's or the emulator's and never the modules'.
 *
 * @returns the folder that holds the synthesized `cdk.tf.json`
 */
export function synthesizeSampleStack(outdir: string, options: SampleStackOptions = {}): string {
  const sources = join(outdir, 'function-source');
  mkdirSync(sources, { recursive: true });
  writeFileSync(join(sources, 'index.js'), HANDLER);

  const app = new App({ outdir });
  const stack = new TerraformStack(app, 'sample');
  new AwsProvider(stack, 'aws', { region: 'eu-west-1', defaultTags: [{ tags: { project: 'sample' } }] });
  new ArchiveProvider(stack, 'archive');

  const account = new DataAwsCallerIdentity(stack, 'account');
  const zones = new DataAwsAvailabilityZones(stack, 'zones', { state: 'available' });
  const vpc = new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16', enableDnsHostnames: true });
  const subnet = new Subnet(stack, 'subnet', {
    vpcId: vpc.id,
    cidrBlock: '10.0.0.0/20',
    availabilityZone: Fn.element(zones.names, 0),
    mapPublicIpOnLaunch: true,
  });
  const firewall = new SecurityGroup(stack, 'firewall', {
    vpcId: vpc.id,
    egress: [{ fromPort: 0, toPort: 0, protocol: '-1', cidrBlocks: ['0.0.0.0/0'] }],
  });

  const jobLogs = new CloudwatchLogGroup(stack, 'job-logs', { name: '/batch/sample', retentionInDays: 30 });
  const instanceRole = new IamRole(stack, 'instance-role', {
    name: 'sample-instance',
    assumeRolePolicy: assumedBy('ec2.amazonaws.com'),
  });
  const profile = new IamInstanceProfile(stack, 'profile', { name: 'sample-instance', role: instanceRole.name });
  const template = new LaunchTemplate(stack, 'template', {
    namePrefix: 'sample-',
    metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 2, httpEndpoint: 'enabled' },
    blockDeviceMappings: [{ deviceName: '/dev/xvda', ebs: { encrypted: 'true', volumeType: 'gp3', volumeSize: 100 } }],
    userData: Buffer.from('#!/bin/sh\n').toString('base64'),
  });
  const environment = new BatchComputeEnvironment(stack, 'environment', {
    namePrefix: 'sample-spot-',
    type: 'MANAGED',
    computeResources: {
      type: 'SPOT',
      allocationStrategy: 'SPOT_PRICE_CAPACITY_OPTIMIZED',
      minVcpus: 0,
      maxVcpus: 256,
      instanceType: ['optimal'],
      instanceRole: profile.arn,
      subnets: [subnet.id],
      securityGroupIds: [firewall.id],
      ec2Configuration: [{ imageType: 'ECS_AL2023' }],
      launchTemplate: { launchTemplateId: template.id, version: Fn.tostring(template.latestVersion) },
      tags: { Name: 'sample' },
    },
    updatePolicy: { jobExecutionTimeoutMinutes: 30, terminateJobsOnUpdate: false },
    lifecycle: { createBeforeDestroy: true },
  });
  const queue = new BatchJobQueue(stack, 'queue', {
    name: 'sample',
    priority: 1,
    state: 'ENABLED',
    computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment.arn }],
    jobStateTimeLimitAction: [
      {
        action: 'CANCEL',
        maxTimeSeconds: 600,
        reason: 'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
        state: 'RUNNABLE',
      },
    ],
  });
  const definitions = ['first', 'second'].map(
    (name) =>
      new BatchJobDefinition(stack, `definition-${name}`, {
        name: `sample-${name}`,
        type: 'container',
        platformCapabilities: ['EC2'],
        propagateTags: true,
        containerProperties: JSON.stringify({
          image: 'busybox',
          command: ['echo', '$${not an interpolation}'],
          resourceRequirements: [
            { type: 'VCPU', value: '1' },
            { type: 'MEMORY', value: '512' },
          ],
          environment: [{ name: 'GREETING', value: 'hello' }],
          logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': jobLogs.name } },
        }),
        retryStrategy: {
          attempts: 4,
          evaluateOnExit: [
            { action: 'RETRY', onStatusReason: 'Host EC2*' },
            { action: 'EXIT', onReason: '*' },
          ],
        },
        timeout: { attemptDurationSeconds: 3600 },
        tags: { job: name },
      }),
  );

  const machineRole = new IamRole(stack, 'machine-role', {
    name: 'sample-machine',
    assumeRolePolicy: assumedBy('states.amazonaws.com'),
  });
  const machineLogs = new CloudwatchLogGroup(stack, 'machine-logs', { name: '/aws/vendedlogs/states/sample' });
  const machine = new SfnStateMachine(stack, 'machine', {
    name: 'sample',
    roleArn: machineRole.arn,
    definition: JSON.stringify({
      StartAt: 'Run',
      States: {
        Run: {
          Type: 'Task',
          Resource: 'arn:aws:states:::batch:submitJob.sync',
          Parameters: { JobName: 'sample', JobQueue: queue.arn, JobDefinition: definitions[0]?.name },
          End: true,
        },
      },
    }),
    loggingConfiguration: { level: 'ERROR', includeExecutionData: true, logDestination: `${machineLogs.arn}:*` },
  });

  const undelivered = new SqsQueue(stack, 'undelivered', {
    name: 'sample-undelivered',
    messageRetentionSeconds: 1_209_600,
    sqsManagedSseEnabled: true,
  });
  const functionRole = new IamRole(stack, 'function-role', {
    name: 'sample-function',
    assumeRolePolicy: assumedBy('lambda.amazonaws.com'),
  });
  new IamRolePolicy(stack, 'function-policy', {
    name: 'start',
    role: functionRole.id,
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: machine.arn }],
    }),
  });
  const source = new TerraformAsset(stack, 'source', { path: sources, type: AssetType.DIRECTORY });
  const zip = new DataArchiveFile(stack, 'zip', {
    type: 'zip',
    sourceDir: source.path,
    outputPath: 'function.zip',
    outputFileMode: '0644',
  });
  const trigger = new LambdaFunction(stack, 'trigger', {
    functionName: 'sample-trigger',
    role: functionRole.arn,
    runtime: 'nodejs24.x',
    architectures: ['arm64'],
    handler: 'index.handler',
    filename: zip.outputPath,
    sourceCodeHash: zip.outputBase64Sha256,
    timeout: 30,
    environment: { variables: { SINK_URL: options.sinkUrl ?? 'http://127.0.0.1:9', STATE_MACHINE_ARN: machine.arn } },
    deadLetterConfig: { targetArn: undelivered.arn },
  });
  const rule = new CloudwatchEventRule(stack, 'rule', {
    name: 'sample-schedule',
    scheduleExpression: options.schedule ?? 'rate(1 hour)',
  });
  new CloudwatchEventTarget(stack, 'target', {
    rule: rule.name,
    arn: trigger.arn,
    retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
    deadLetterConfig: { arn: undelivered.arn },
  });
  new LambdaPermission(stack, 'permission', {
    statementId: 'schedule',
    action: 'lambda:InvokeFunction',
    functionName: trigger.functionName,
    principal: 'events.amazonaws.com',
    sourceArn: rule.arn,
  });
  new S3Bucket(stack, 'payloads', { bucketPrefix: 'sample-payloads-', forceDestroy: true });

  new TerraformOutput(stack, 'stateMachineArn', { value: machine.arn });
  new TerraformOutput(stack, 'accountId', { value: account.accountId });
  app.synth();
  return join(outdir, 'stacks', 'sample');
}
