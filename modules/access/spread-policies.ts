import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import type { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { Construct } from 'constructs';
import { shortHash } from '../rules/naming';
import { QUOTAS } from '../rules/quotas';
import { mergedStatements } from './merged-statements';
import { policyDocument, type Statement } from './policy';

/** Permissions that stay in the same policy. */
export interface PermissionUnit {
  /** The same at each synthesis, regardless of other units. Determines the unit's policy. */
  readonly key: string;
  readonly statements: readonly Statement[];
}

/** Two fewer than the quota, because organizations attach their own policies. */
const SPREAD_OVER = QUOTAS.managedPoliciesOfRole - 2;

/**
 * Managed policies for permissions that don't fit into a role's inline policies. A unit's policy depends only on its key, so adding or
 * removing units moves no others, and no run loses a permission temporarily.
 */
export class SpreadPolicies extends Construct {
  private readonly attachments = new Map<number, IamRolePolicyAttachment>();

  constructor(scope: Construct, id: string, { role, units }: { role: IamRole; units: readonly PermissionUnit[] }) {
    super(scope, id);
    for (let index = 0; index < SPREAD_OVER; index += 1) {
      const own = units.filter(({ key }) => placeOf(key) === index);
      if (own.length === 0) continue;
      const policy = new IamPolicy(this, `Policy${index + 1}`, {
        name: `${role.nameInput}-permissions-${index + 1}`,
        policy: policyDocument(mergedStatements(own.flatMap(({ statements }) => statements))),
        path: role.pathInput,
        tags: role.tagsInput,
      });
      const attachment = new IamRolePolicyAttachment(this, `Attachment${index + 1}`, {
        // The id, not the name: a role at another path needs another attachment.
        role: role.id,
        policyArn: policy.arn,
      });
      this.attachments.set(index, attachment);
    }
  }

  /** The attachment that must exist before the permissions of a unit apply. */
  attachmentOf(key: string): IamRolePolicyAttachment | undefined {
    return this.attachments.get(placeOf(key));
  }
}

function placeOf(key: string): number {
  return Number.parseInt(shortHash(key), 16) % SPREAD_OVER;
}
