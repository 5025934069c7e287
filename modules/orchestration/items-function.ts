import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import type { Construct } from 'constructs';
import { readsOf } from '../access/object-reads';
import type { Statement } from '../access/policy';
import type { ForEach } from '../config/for-each';
import { MAX_FUNCTION_SECONDS } from '../rules/function-timeout';
import { itemsNameParts } from '../rules/job-names';
import type { AwsContext } from '../terraform/aws-context';
import type { ItemsSource } from './items/format';
import { ITEMS_HANDLER } from './items-bundle';
import type { ItemsCode } from './items-code';
import { NodeFunction } from './node-function';
import type { PayloadBucket } from './payload-bucket';

export interface ItemsFunctionProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly code: ItemsCode;
  readonly forEach: ForEach;
  /** Keeps the items. */
  readonly payloads: PayloadBucket;
  /** Names of jobs whose events the job can read. */
  readonly earlierJobs?: readonly string[];
  /** What the job may do. The function may read the same objects, if the items are in one of them. */
  readonly jobStatements: readonly Statement[];
  /** Nothing comes into it: the state machine waits for the function. */
  readonly undeliveredEvents: SqsQueue;
  /** Retention of the function's log, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/**
 * Memory in MiB. CPU is proportional to memory. A manifest of 1 GB with a million items takes 6 seconds of a whole CPU and 220 MiB:
 * `npm run bench:items` measures it.
 */
const MEMORY_MB = 1_024;

/** Finds the items of a job's runs, and says what comes after their arrays. The job's state machine invokes it. */
export class ItemsFunction extends NodeFunction {
  declare readonly logGroup: CloudwatchLogGroup;
  /** The objects that the function may read because the job may. None if the items are not in an object. */
  readonly manifestReads: readonly Statement[];

  constructor(scope: Construct, id: string, props: ItemsFunctionProps) {
    const { stackName, jobName, aws, code, forEach, payloads, earlierJobs, jobStatements, retentionDays, tags } = props;
    const name = `${stackName}-${jobName}`;
    const readEvents = payloads.readStatement(jobName, earlierJobs);
    const manifestReads =
      forEach.s3Manifest === undefined ? [] : readsOf(jobStatements.filter(({ Sid }) => Sid !== readEvents.Sid));
    super(scope, id, {
      name,
      nameParts: itemsNameParts(stackName, jobName),
      aws,
      description: `Finds the items of runs of ${name}`,
      archive: code.archive,
      handler: ITEMS_HANDLER,
      memoryMb: MEMORY_MB,
      timeoutSeconds: MAX_FUNCTION_SECONDS,
      variables: { JOB_NAME: jobName, PAYLOAD_BUCKET: payloads.bucket.bucket },
      statements: [
        readEvents,
        payloads.keepStatement(jobName),
        // Neither action supports resource-level permissions:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
        { Sid: 'ReadEndedJobs', Action: ['batch:DescribeJobs', 'batch:ListJobs'], Resource: ['*'] },
        ...manifestReads,
      ],
      undeliveredEvents: props.undeliveredEvents,
      keepsFailedEvents: false,
      retentionDays,
      tags,
    });
    this.manifestReads = manifestReads;
  }
}

/** Where the items come from, as the state machine tells the function. */
export function itemsSource({ items, s3Manifest, bucket, count, maxItems }: ForEach): ItemsSource {
  return {
    ...(items !== undefined && { Items: items }),
    ...(s3Manifest !== undefined && { S3Manifest: s3Manifest }),
    ...(bucket !== undefined && { Bucket: bucket }),
    ...(count !== undefined && { Total: count }),
    MaxItems: maxItems,
  };
}
