import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { Aspects, type ITerraformDependable, Lazy, type TerraformResource } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { globalName, NAME_LIMITS } from '../rules/naming';
import { QUOTAS } from '../rules/quotas';
import type { AwsContext } from '../terraform/aws-context';
import { knownLength } from '../terraform/known-length';
import { resolved } from '../terraform/resolved';
import { withKeyUse } from './key-use';
import { mergedStatements } from './merged-statements';
import { policyDocument, type Statement, trustPolicy } from './policy';
import type { PermissionUnit, SpreadPolicies } from './spread-policies';

export interface ServiceRoleProps {
  /** Parts of the physical name, before the region. */
  readonly nameParts: readonly string[];
  readonly aws: Pick<AwsContext, 'region' | 'iam' | 'kmsKeyArn'>;
  /** The service that assumes the role, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
  /** Restricts on whose behalf the service can assume the role. @default no restriction */
  readonly condition?: { readonly [operator: string]: unknown };
  readonly statements?: readonly Statement[];
  /** Resources that must succeed before the permissions change. @default none */
  readonly after?: readonly ITerraformDependable[];
  /** @default the provider's default tags only */
  readonly tags?: { readonly [key: string]: string };
}

/** A statement with more resources than this is split, if the role's permissions don't fit into its inline policies. */
const LONG_LIST = 8;

/**
 * A role for one service. Its inline policy exists only if it has statements, and a second one contains later grants. If both together
 * exceed IAM's limit, managed policies contain the long lists of resources and the later grants.
 *
 * The only class that creates roles, so that each has the boundary and the path that the account requires, and can use the stack's key.
 */
export class ServiceRole extends Construct {
  readonly role: IamRole;
  /** The inline policy, for resources that depend on its permissions. */
  readonly policy?: IamRolePolicy;
  private readonly kmsKeyArn?: string;
  private readonly statements: readonly Statement[];
  private readonly granted = new Map<string, readonly Statement[]>();
  private grants?: IamRolePolicy;
  private spread?: SpreadPolicies;

  constructor(
    scope: Construct,
    id: string,
    { nameParts, aws, service, condition, statements = [], after = [], tags }: ServiceRoleProps,
  ) {
    super(scope, id);
    this.kmsKeyArn = aws.kmsKeyArn;
    this.statements = withKeyUse(statements, this.kmsKeyArn);
    this.role = new IamRole(this, 'Resource', {
      name: globalName(NAME_LIMITS.iamRole, aws.region, ...nameParts),
      assumeRolePolicy: trustPolicy(service, condition),
      path: aws.iam.path,
      permissionsBoundary: aws.iam.permissionsBoundaryArn,
      tags,
    });
    if (statements.length > 0) {
      this.policy = new IamRolePolicy(this, 'Policy', {
        name: 'permissions',
        // The id, not the name, which stays: another path replaces the role, which takes its policies with it.
        role: this.role.id,
        policy: policyDocument(this.statements),
        ...(after.length > 0 && { dependsOn: [...after] }),
      });
    }
    // At synthesis, after all grants.
    Aspects.of(this).add({ visit: (node) => node === this && this.arrange() });
  }

  get arn(): string {
    return this.role.arn;
  }

  /** Dependencies of a resource that uses the role's permissions as soon as it is created. */
  get dependencies() {
    return this.policy === undefined ? [this.role] : [this.role, this.policy];
  }

  /**
   * Adds permissions on behalf of a construct.
   *
   * @returns the resource that must exist before the permissions apply
   */
  grant(grantee: IConstruct, statements: readonly Statement[]): ITerraformDependable {
    const key = grantee.node.path;
    this.granted.set(key, withKeyUse(statements, this.kmsKeyArn));
    this.grants ??= new IamRolePolicy(this, 'Grants', { name: 'grants', role: this.role.id, policy: '{}' });
    const { grants } = this;
    return { fqn: Lazy.stringValue({ produce: () => addressOf(this.spread?.attachmentOf(key) ?? grants) }) };
  }

  private arrange(): void {
    const granted = [...this.granted].sort(([a], [b]) => (a < b ? -1 : 1));
    const grants = policyDocument(mergedStatements(granted.flatMap(([, statements]) => statements)));
    const written = [this.policy?.policyInput ?? '', this.grants === undefined ? '' : grants];
    const length = written.reduce((sum, text) => sum + knownLength(this, text), 0);
    if (this.spread === undefined && length <= QUOTAS.inlinePoliciesOfRole) {
      if (this.grants !== undefined) this.grants.policy = grants;
      return;
    }
    if (this.spread !== undefined) return;
    const long = this.statements.filter(({ Resource }) => Resource.length > LONG_LIST);
    const units = [
      ...granted.map(([key, statements]): PermissionUnit => ({ key, statements })),
      ...long.flatMap((statement) =>
        statement.Resource.map(
          (arn): PermissionUnit => ({ key: resolved(this, arn), statements: [{ ...statement, Resource: [arn] }] }),
        ),
      ),
    ];
    // Loaded only if needed, which is rare.
    const { SpreadPolicies } = require('./spread-policies') as typeof import('./spread-policies');
    this.spread = new SpreadPolicies(this, 'Spread', { role: this.role, units });
    if (this.grants !== undefined) this.node.tryRemoveChild('Grants');
    const short = this.statements.filter((statement) => !long.includes(statement));
    if (this.policy !== undefined) this.policy.policy = policyDocument(short);
  }
}

/** In the format of `depends_on`: without the braces of an expression. */
function addressOf({ terraformResourceType: type, friendlyUniqueId: id }: TerraformResource): string {
  return `${type}.${id}`;
}
