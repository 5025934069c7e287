import type { CognitoUserPool } from '@cdktf/provider-aws/lib/cognito-user-pool';
import type { Connection } from '../../access/connection';
import type { ArnTarget } from '../descriptor';
import type { USER_POOL_PARAMS } from './schema';

type UserPoolTarget = ArnTarget<'user-auth-pool', typeof USER_POOL_PARAMS>;

/** Manages users and groups, and signs users in. Excludes the pool and its settings. */
export function userPoolConnection({ arn, params }: UserPoolTarget): Connection {
  return {
    environment: params,
    statements: [
      {
        Sid: 'ManageUsers',
        Action: [
          'cognito-idp:AdminAddUserToGroup',
          'cognito-idp:AdminConfirmSignUp',
          'cognito-idp:AdminCreateUser',
          'cognito-idp:AdminDeleteUser',
          'cognito-idp:AdminDeleteUserAttributes',
          'cognito-idp:AdminDisableUser',
          'cognito-idp:AdminEnableUser',
          'cognito-idp:AdminGetUser',
          'cognito-idp:AdminInitiateAuth',
          'cognito-idp:AdminListGroupsForUser',
          'cognito-idp:AdminRemoveUserFromGroup',
          'cognito-idp:AdminResetUserPassword',
          'cognito-idp:AdminRespondToAuthChallenge',
          'cognito-idp:AdminSetUserPassword',
          'cognito-idp:AdminUpdateUserAttributes',
          'cognito-idp:AdminUserGlobalSignOut',
          'cognito-idp:CreateGroup',
          'cognito-idp:DeleteGroup',
          'cognito-idp:DescribeUserPool',
          'cognito-idp:DescribeUserPoolClient',
          'cognito-idp:GetGroup',
          'cognito-idp:ListGroups',
          'cognito-idp:ListUsers',
          'cognito-idp:ListUsersInGroup',
          'cognito-idp:UpdateGroup',
        ],
        Resource: [arn],
      },
    ],
  };
}

export function providedUserPool({ arn, id, endpoint }: CognitoUserPool): UserPoolTarget {
  return { type: 'user-auth-pool', arn, params: { arn, id, clientId: undefined, providerUrl: `https://${endpoint}` } };
}
