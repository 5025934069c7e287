import type { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import type { EventTarget } from '../invocation/event-target';
import { createSchedulerRole } from '../invocation/scheduler-role';
import { description } from '../rules/descriptions';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';

export interface NodeFunctionProps {
  /** Prefix of physical names, `<stack>-<resource>`. */
  readonly name: string;
  /** Parts of the names of the function and its role. */
  readonly nameParts: readonly string[];
  readonly aws: Pick<AwsContext, 'region' | 'iam' | 'kmsKeyArn'>;
  /** Description in the AWS console. */
  readonly description: string;
  /** The zipped code: its path, and the hash that a change is seen by. */
  readonly archive: Pick<DataArchiveFile, 'outputPath' | 'outputBase64Sha256'>;
  /** File and export, such as `index.handler`. */
  readonly handler: string;
  /** Runtime. @default nodejs24.x */
  readonly runtime?: string;
  /** Memory in MiB, 128 to 10,240. CPU is proportional to memory. */
  readonly memoryMb: number;
  /** Timeout of an invocation, 1 to 900 seconds. */
  readonly timeoutSeconds: number;
  /** Processor architecture. @default arm64 */
  readonly architecture?: 'x86_64' | 'arm64';
  /** Size of `/tmp` in MiB, 512 to 10,240. @default 512 */
  readonly storageMb?: number;
  /** Environment variables. @default none */
  readonly variables?: { readonly [name: string]: string };
  /** Permissions of the function, including {@link keepUndelivered} if it keeps failed events, in addition to writing its log. */
  readonly statements: readonly Statement[];
  /** Queue for events that could not be delivered to the function. */
  readonly undeliveredEvents: SqsQueue;
  /** Whether the queue also gets events of asynchronous sources that the function could not process. @default true */
  readonly keepsFailedEvents?: boolean;
  /** Retention of the log, in days. @default no log is written */
  readonly retentionDays?: number;
  readonly tags?: { readonly [key: string]: string };
  /** Subnets of a VPC, and security groups in it. @default the function is in no VPC */
  readonly network?: { readonly subnetIds: string[]; readonly securityGroupIds: string[] };
  /** What its first invocation needs, in addition to its role and log. @default nothing */
  readonly needs?: readonly ITerraformDependable[];
}

/** What a Lambda function runs. */
export type FunctionCode = Required<Pick<NodeFunctionProps, 'archive' | 'handler' | 'runtime'>>;

/**
 * Lets a function's role send events that the function could not process to the queue. Without it, Lambda rejects the failure destination.
 */
export function keepUndelivered(queue: SqsQueue): Statement {
  return { Sid: 'KeepUndelivered', Action: ['sqs:SendMessage'], Resource: [queue.arn] };
}

/** Name of the statement that lets a function write its log. */
export const WRITE_LOG = 'WriteLog';

/** A Node.js function with its role and log group, for any trigger. */
export class NodeFunction extends Construct implements EventTarget {
  readonly name: string;
  readonly role: ServiceRole;
  /** Undefined if no log is written. */
  readonly logGroup?: CloudwatchLogGroup;
  readonly function: LambdaFunction;
  readonly undeliveredEvents: SqsQueue;
  readonly tags?: { readonly [key: string]: string };
  private readonly roleProps: Pick<NodeFunctionProps, 'nameParts' | 'aws' | 'tags'>;
  private forScheduler?: ServiceRole;

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    this.roleProps = props;
    const { nameParts, variables = {}, undeliveredEvents, tags } = props;
    const functionName = physicalName(NAME_LIMITS.lambdaFunction, ...nameParts);
    this.name = props.name;
    this.undeliveredEvents = undeliveredEvents;
    this.tags = tags;
    this.logGroup = this.createLogGroup(functionName, props);
    this.role = this.createRole(props);
    this.function = new LambdaFunction(this, 'Resource', {
      functionName,
      description: description('lambdaFunction', props.description),
      role: this.role.arn,
      runtime: props.runtime ?? 'nodejs24.x',
      architectures: [props.architecture ?? 'arm64'],
      handler: props.handler,
      filename: props.archive.outputPath,
      sourceCodeHash: props.archive.outputBase64Sha256,
      memorySize: props.memoryMb,
      timeout: props.timeoutSeconds,
      ephemeralStorage: props.storageMb === undefined ? undefined : { size: props.storageMb },
      ...(props.network && { vpcConfig: props.network }),
      environment: Object.keys(variables).length === 0 ? undefined : { variables },
      tags,
      dependsOn: [
        ...(this.logGroup === undefined ? [] : [this.logGroup]),
        ...this.role.dependencies,
        ...(props.needs ?? []),
      ],
    });
    if (props.keepsFailedEvents === false) return;
    new LambdaFunctionEventInvokeConfig(this, 'Undelivered', {
      functionName: this.function.functionName,
      // Lambda's maximum: two retries within six hours, then the event is sent to the queue.
      maximumRetryAttempts: 2,
      maximumEventAgeInSeconds: 21_600,
      destinationConfig: { onFailure: { destination: undeliveredEvents.arn } },
      dependsOn: this.role.dependencies,
    });
  }

  grant(trigger: Construct, statements: readonly Statement[]): ITerraformDependable {
    return this.role.grant(trigger, statements);
  }

  /** The role is created with the first schedule that needs it. All schedules of the function share it. */
  schedulerRole(): ServiceRole {
    this.forScheduler ??= createSchedulerRole(this, 'SchedulerRole', { ...this.roleProps, target: this });
    return this.forScheduler;
  }

  private createLogGroup(functionName: string, { aws, retentionDays, tags }: NodeFunctionProps) {
    if (retentionDays === undefined) return undefined;
    return new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: retentionDays,
      kmsKeyId: aws.kmsKeyArn,
      tags,
    });
  }

  private createRole({ nameParts, aws, statements, tags }: NodeFunctionProps): ServiceRole {
    const writeLog = this.logGroup && {
      Sid: WRITE_LOG,
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: [`${this.logGroup.arn}:*`],
    };
    return new ServiceRole(this, 'Role', {
      nameParts,
      aws,
      service: 'lambda.amazonaws.com',
      statements: [...statements, ...(writeLog === undefined ? [] : [writeLog])],
      tags,
    });
  }
}
