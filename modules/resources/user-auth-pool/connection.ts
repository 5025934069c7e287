import type { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import type { Connection } from '../../access/connection';
import { allowed, type Narrowing } from '../../rules/narrowing';
import type { ArnTarget } from '../descriptor';
import type { USER_POOL_PARAMS } from './schema';

type UserPoolTarget = ArnTarget<'user-auth-pool', typeof USER_POOL_PARAMS>;

/** Manages users and groups, and signs users in. Excludes the pool and its settings. */
export function userPoolConnection(
  { arn, params }: UserPoolTarget,
  _aws: unknown,
  narrowing: Narrowing = {},
): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'ManageUsers',
        Action: allowed(narrowing, ACTIONS),
        Resource: [arn],
      },
    ],
  };
}

export function providedUserPool({ arn, id, endpoint }: CognitoUserPool): UserPoolTarget {
  return { type: 'user-auth-pool', arn, params: { arn, id, clientId: undefined, providerUrl: `https://${endpoint}` } };
}

const ACTIONS = {
  'cognito-idp:AdminAddUserToGroup': 'write',
  'cognito-idp:AdminConfirmSignUp': 'write',
  'cognito-idp:AdminCreateUser': 'write',
  'cognito-idp:AdminDeleteUser': 'write',
  'cognito-idp:AdminDeleteUserAttributes': 'write',
  'cognito-idp:AdminDisableUser': 'write',
  'cognito-idp:AdminEnableUser': 'write',
  'cognito-idp:AdminGetUser': 'read',
  'cognito-idp:AdminInitiateAuth': 'write',
  'cognito-idp:AdminListGroupsForUser': 'read',
  'cognito-idp:AdminRemoveUserFromGroup': 'write',
  'cognito-idp:AdminResetUserPassword': 'write',
  'cognito-idp:AdminRespondToAuthChallenge': 'write',
  'cognito-idp:AdminSetUserPassword': 'write',
  'cognito-idp:AdminUpdateUserAttributes': 'write',
  'cognito-idp:AdminUserGlobalSignOut': 'write',
  'cognito-idp:CreateGroup': 'write',
  'cognito-idp:DeleteGroup': 'write',
  'cognito-idp:DescribeUserPool': 'both',
  'cognito-idp:DescribeUserPoolClient': 'both',
  'cognito-idp:GetGroup': 'read',
  'cognito-idp:ListGroups': 'read',
  'cognito-idp:ListUsers': 'read',
  'cognito-idp:ListUsersInGroup': 'read',
  'cognito-idp:UpdateGroup': 'write',
} as const;
