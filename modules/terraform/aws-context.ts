import { DataAwsCallerIdentity } from '@cdktf/provider-aws/lib/data-aws-caller-identity';
import { DataAwsPartition } from '@cdktf/provider-aws/lib/data-aws-partition';
import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { shortHash } from '../rules/naming';

/** What an account requires of the resources in it. */
export interface AccountRules {
  /** Of every role. @default no boundary, and the path / */
  readonly iam?: { readonly permissionsBoundaryArn?: string; readonly path?: string };
  /** ARN of the KMS key that encrypts what the stack stores. @default keys of AWS */
  readonly kmsKeyArn?: string;
}

/** Account, region and partition of the deployment, known only to Terraform, and what the account requires. */
export class AwsContext extends Construct {
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  /** Boundary and path of every role. `ServiceRole` reads it. */
  readonly iam: { readonly permissionsBoundaryArn?: string; readonly path?: string };
  /** ARN of the KMS key that encrypts what the stack stores, if it is not a key of AWS. */
  readonly kmsKeyArn?: string;
  /** Creates a secret that doesn't exist before the stack, by the secret's name. */
  readonly secretMakers = new Map<string, ITerraformDependable>();
  private readonly secretArns = new Map<string, string>();

  constructor(scope: Construct, id: string, { iam = {}, kmsKeyArn }: AccountRules = {}) {
    super(scope, id);
    this.iam = iam;
    this.kmsKeyArn = kmsKeyArn;
    this.partition = new DataAwsPartition(this, 'Partition').partition;
    // `id` instead of `region`: the only attribute that every major version of the provider has.
    this.region = new DataAwsRegion(this, 'Region').id;
    this.accountId = new DataAwsCallerIdentity(this, 'Account').accountId;
  }

  /** ARN of a resource in this account and region. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.accountId}:${resource}`;
  }

  /**
   * ARN of a secret in this account and region, looked up by name. An ARN composed from the name lacks the six characters at its end, and
   * Secrets Manager mistakes the end of a name such as `my-secret` for them:
   * https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen
   */
  secretArn(name: string): string {
    const known = this.secretArns.get(name);
    if (known !== undefined) return known;
    const maker = this.secretMakers.get(name);
    const id = `Secret-${shortHash(name)}`;
    // Loaded only if needed.
    const { DataAwsSecretsmanagerSecret } =
      require('@cdktf/provider-aws/lib/data-aws-secretsmanager-secret') as typeof import('@cdktf/provider-aws/lib/data-aws-secretsmanager-secret');
    const { arn } = new DataAwsSecretsmanagerSecret(this, id, { name, ...(maker && { dependsOn: [maker] }) });
    this.secretArns.set(name, arn);
    return arn;
  }
}
