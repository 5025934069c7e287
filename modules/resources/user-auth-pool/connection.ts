import type { ConnectTargets } from '../../access/connect-target';
import type { Connection } from '../../access/connection';

/** Manages users and groups, and signs users in. Excludes the pool and its settings. */
export function userPoolConnection({ arn, params }: ConnectTargets['user-auth-pool']): Connection {
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
