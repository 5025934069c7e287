import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Construct } from 'constructs';
import type { AwsContext } from '../aws-context';
import { globalName, NAME_LIMITS } from '../naming';
import { policyDocument, type Statement, trustPolicy } from './policy';

export interface ServiceRoleProps {
  /** What the physical name is made of, before the region. */
  readonly nameParts: readonly string[];
  readonly aws: Pick<AwsContext, 'region'>;
  /** The service that works with the role, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** On whose behalf the service may assume the role. @default anybody's */
  readonly condition?: { readonly [operator: string]: unknown };
  readonly statements?: readonly Statement[];
  /** @default none beside the provider's */
  readonly tags?: { readonly [key: string]: string };
}

/** A role for one service with one inline policy, which is made only if there is something to allow. */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  /** The inline policy, for what must wait until its permissions are there. */
  readonly policy?: IamRolePolicy;

  constructor(
    scope: Construct,
    id: string,
    { nameParts, aws, service, condition, statements = [], tags }: ServiceRoleProps,
  ) {
    super(scope, id);
    const name = globalName(NAME_LIMITS.iamRole, aws.region, ...nameParts);
    this.role = new IamRole(this, 'Resource', { name, assumeRolePolicy: trustPolicy(service, condition), tags });
    if (statements.length > 0) {
      this.policy = new IamRolePolicy(this, 'Policy', {
        name: 'permissions',
        role: this.role.name,
        policy: policyDocument(statements),
      });
    }
  }

  get arn(): string {
    return this.role.arn;
  }

  /** What a resource must depend on that uses the role's permissions as soon as it is made. */
  get dependencies() {
    return this.policy === undefined ? [this.role] : [this.role, this.policy];
  }
}
