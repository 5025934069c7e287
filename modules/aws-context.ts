import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import { Construct } from 'constructs';

/** The account, region and partition that the stack is deployed to, known to Terraform only. */
export class AwsContext extends Construct {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.partition = new DataAwsPartition(this, 'Partition').partition;
    // `id` and not `region`: the one attribute that every major version of the provider has.
    this.region = new DataAwsRegion(this, 'Region').id;
    this.accountId = new DataAwsCallerIdentity(this, 'Account').accountId;
  }

  /** ARN of a resource in this account and region. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }
}
