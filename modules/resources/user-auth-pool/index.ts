import { ACCESS_KINDS } from '../../rules/narrowing';
import { companion } from '../descriptor';
import { USER_POOL_PARAMS, userAuthPool } from './schema';

export type { UserAuthPool } from './schema';

/** The type `user-auth-pool`. */
export const USER_AUTH_POOL = companion({
  type: 'user-auth-pool',
  noun: 'user pool',
  schema: userAuthPool,
  creates: [
    ['UserAuthPool', 'cognito-user-pool'],
    ['Client', 'cognito-user-pool-client'],
  ],
  construct: () => (require('./construct') as typeof import('./construct')).UserPool,
  params: USER_POOL_PARAMS,
  advice: () => (require('./advice') as typeof import('./advice')).signUpAdvice,
  unreachableService: 'Amazon Cognito',
  namedBy: ['userPoolName'],
  connection: () => (require('./connection') as typeof import('./connection')).userPoolConnection,
  narrowable: { access: ACCESS_KINDS },
  provided: {
    aws_cognito_user_pool: () => (require('./connection') as typeof import('./connection')).providedUserPool,
  },
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
