import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { EventTarget } from '../../triggers/event-target';
import { policyDocument, type Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import { NAME_LIMITS, physicalName } from '../naming';
import type { PayloadBucket } from './payload-bucket';
import { TRIGGER_HANDLER } from './trigger-bundle';
import type { TriggerCode } from './trigger-code';

export interface TriggerFunctionProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly code: TriggerCode;
  readonly stateMachineArn: string;
  /** Queue for events that could start no job. */
  readonly undeliveredEvents: SqsQueue;
  /** Takes the events that do not fit into a container's overrides. */
  readonly payloads: PayloadBucket;
  /** Characters of the container overrides that are left for the event, 0 to 8,192; see eventBudget. */
  readonly overridesBudget: number;
  /** Days that the function's log is kept. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** Seconds the function may take: less than the 29 s and 30 s after which HTTP APIs give up, so that callers get an answer. */
export const TRIGGER_TIMEOUT_SECONDS = 25;

/** MiB. A function gets CPU in proportion; at 256 the work is waiting for Step Functions, not computing. */
const MEMORY_MB = 256;

/** The function that every event source of a job invokes and that starts one execution an event. */
export class TriggerFunction extends Construct implements EventTarget {
  readonly name: string;
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  readonly function: LambdaFunction;
  readonly undeliveredEvents: SqsQueue;
  readonly tags?: { readonly [key: string]: string };

  constructor(scope: Construct, id: string, props: TriggerFunctionProps) {
    super(scope, id);
    const { stackName, jobName, code, stateMachineArn, undeliveredEvents, payloads, retentionDays, tags } = props;
    const name = physicalName(NAME_LIMITS.lambdaFunction, stackName, jobName, 'trigger');
    this.name = `${stackName}-${jobName}`;
    this.undeliveredEvents = undeliveredEvents;
    this.tags = tags;
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/lambda/${name}`,
      retentionInDays: retentionDays,
      tags,
    });
    this.role = new ServiceRole(this, 'Role', {
      name: physicalName(NAME_LIMITS.iamRole, stackName, jobName, 'trigger'),
      service: 'lambda.amazonaws.com',
      statements: [
        { Sid: 'StartExecution', Action: ['states:StartExecution'], Resource: [stateMachineArn] },
        { Sid: 'KeepUndelivered', Action: ['sqs:SendMessage'], Resource: [undeliveredEvents.arn] },
        payloads.writeStatement(jobName),
        {
          Sid: 'WriteLog',
          Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          Resource: [`${this.logGroup.arn}:*`],
        },
      ],
      tags,
    });
    this.function = new LambdaFunction(this, 'Resource', {
      functionName: name,
      description: `Starts ${this.name}, once for each event`,
      role: this.role.arn,
      runtime: 'nodejs24.x',
      architectures: ['arm64'],
      handler: TRIGGER_HANDLER,
      filename: code.archive.outputPath,
      sourceCodeHash: code.archive.outputBase64Sha256,
      memorySize: MEMORY_MB,
      timeout: TRIGGER_TIMEOUT_SECONDS,
      environment: {
        variables: {
          STATE_MACHINE_ARN: stateMachineArn,
          JOB_NAME: jobName,
          PAYLOAD_BUCKET: payloads.bucket.bucket,
          OVERRIDES_BUDGET: String(props.overridesBudget),
        },
      },
      tags,
      dependsOn: [this.logGroup, ...this.role.dependencies],
    });
    new LambdaFunctionEventInvokeConfig(this, 'Undelivered', {
      functionName: this.function.functionName,
      // The most that Lambda takes: two retries over six hours, and then the event goes to the queue.
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: undeliveredEvents.arn } },
      dependsOn: this.role.dependencies,
    });
  }

  grant(scope: Construct, statements: readonly Statement[]): IamRolePolicy {
    return new IamRolePolicy(scope, 'Access', {
      role: this.role.role.name,
      namePrefix: 'trigger-',
      policy: policyDocument(statements),
    });
  }
}
