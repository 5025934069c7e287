import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { payloadBucketParts } from '../rules/job-names';
import { createPrivateBucket } from '../storage/private-bucket';
import type { AwsContext } from '../terraform/aws-context';
import { LEAST_PAYLOAD_DAYS, MOST_PAYLOAD_DAYS, payloadDays } from './payload-days';
import type { RetryPlan } from './retry-plan';

interface PayloadBucketProps {
  readonly stackName: string;
  readonly aws: Pick<AwsContext, 'kmsKeyArn'>;
}

/**
 * The payload bucket, for events that are too large for a container's overrides: encrypted, private, TLS only. Each job has its own
 * folder, which its trigger function writes to and the job reads from. Neither can list the bucket. A job can read another job's events only
 * if it starts when a run of that job ends.
 */
export class PayloadBucket extends Construct {
  private created?: S3Bucket;
  private keptDays = LEAST_PAYLOAD_DAYS;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PayloadBucketProps,
  ) {
    super(scope, id);
  }

  /** The bucket. Created for the first job. */
  get bucket(): S3Bucket {
    this.created ??= this.create(this.props);
    return this.created;
  }

  private create({ stackName, aws }: PayloadBucketProps): S3Bucket {
    return createPrivateBucket(this, {
      aws,
      name: payloadBucketParts(stackName),
      // The objects are copies of events and expire anyway. They must not prevent the stack from being destroyed.
      forceDestroy: true,
      // Lazy, because a job that is added later can need a longer retention.
      expirationDays: Lazy.numberValue({ produce: () => this.keptDays }),
    });
  }

  /**
   * Keeps events for as long as a run of this plan can read its event. A run that can wait for a place can begin at any time of its year,
   * and so can a child of a large array.
   */
  keepFor(plan: RetryPlan, startsAnyTime = false): void {
    this.keptDays = Math.max(this.keptDays, startsAnyTime ? MOST_PAYLOAD_DAYS : payloadDays(plan));
  }

  /** Lets a trigger function store the events of one job. */
  writeStatement(jobName: string): Statement {
    return { Sid: 'StoreLargeEvents', Action: ['s3:PutObject'], Resource: [this.folder(jobName)] };
  }

  /** Lets a job's items function keep what is about its runs. A large object is stored in parts, which it can take back. */
  keepStatement(jobName: string): Statement {
    return { Sid: 'StoreItems', Action: ['s3:PutObject', 's3:AbortMultipartUpload'], Resource: [this.folder(jobName)] };
  }

  /** Lets a job read its events, and those of jobs after whose runs it starts. */
  readStatement(jobName: string, earlierJobs: readonly string[] = []): Statement {
    const folders = [jobName, ...earlierJobs].map((name) => this.folder(name));
    return { Sid: 'ReadLargeEvents', Action: ['s3:GetObject'], Resource: folders };
  }

  private folder(jobName: string): string {
    return `${this.bucket.arn}/${jobName}/*`;
  }
}
