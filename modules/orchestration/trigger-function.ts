import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { triggerNameParts } from '../rules/job-names';
import { TRIGGER_TIMEOUT_SECONDS } from '../rules/trigger-timeout';
import type { AwsContext } from '../terraform/aws-context';
import { keepUndelivered, NodeFunction } from './node-function';
import type { PayloadBucket } from './payload-bucket';
import { TRIGGER_HANDLER } from './trigger-bundle';
import type { TriggerCode } from './trigger-code';

export interface TriggerFunctionProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly code: TriggerCode;
  readonly stateMachineArn: string;
  /** Queue of undelivered events. */
  readonly undeliveredEvents: SqsQueue;
  /** Stores the events that do not fit into a container's overrides. */
  readonly payloads: PayloadBucket;
  /** Characters of the container overrides that are left for the event, 0 to 8,192. See eventBudget. */
  readonly overridesBudget: number;
  /** Retention of the function's log, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** Memory in MiB. CPU is proportional to memory. With 256, most of the time is spent on waiting for Step Functions, not on computing. */
const MEMORY_MB = 256;

/** The function that every event source of a job invokes. It starts one execution per event. */
export class TriggerFunction extends NodeFunction {
  declare readonly logGroup: CloudwatchLogGroup;
  private readonly code: TriggerCode;

  constructor(scope: Construct, id: string, props: TriggerFunctionProps) {
    const { stackName, jobName, aws, code, stateMachineArn, undeliveredEvents, payloads, retentionDays, tags } = props;
    const name = `${stackName}-${jobName}`;
    super(scope, id, {
      name,
      nameParts: triggerNameParts(stackName, jobName),
      aws,
      description: `Starts ${name}, once for each event`,
      archive: code.archive,
      handler: TRIGGER_HANDLER,
      memoryMb: MEMORY_MB,
      timeoutSeconds: TRIGGER_TIMEOUT_SECONDS,
      variables: {
        STATE_MACHINE_ARN: stateMachineArn,
        JOB_NAME: jobName,
        PAYLOAD_BUCKET: payloads.bucket.bucket,
        OVERRIDES_BUDGET: String(props.overridesBudget),
      },
      statements: [
        { Sid: 'StartExecution', Action: ['states:StartExecution'], Resource: [stateMachineArn] },
        keepUndelivered(undeliveredEvents),
        payloads.writeStatement(jobName),
      ],
      undeliveredEvents,
      retentionDays,
      tags,
    });
    this.code = code;
  }

  takeScheduledInputs(): void {
    const { outputPath, outputBase64Sha256 } = this.code.archiveTakingInputs;
    this.function.filename = outputPath;
    this.function.sourceCodeHash = outputBase64Sha256;
  }
}
