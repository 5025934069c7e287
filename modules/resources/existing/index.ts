import { asObject } from '../../config/value-at';
import { companion } from '../descriptor';
import { existingResource } from './schema';

export type { ExistingResource } from './schema';

/** The type `existing`. */
export const EXISTING = companion({
  type: 'existing',
  noun: 'resource',
  schema: existingResource,
  construct: () => (require('./construct') as typeof import('./construct')).ExistingResource,
  params: [],
  ownParams: ({ variables, secrets }) => [...Object.keys(asObject(variables)), ...Object.keys(asObject(secrets))],
  isNetworked: ({ secrets, securityGroup }) => securityGroup !== undefined || Object.keys(asObject(secrets)).length > 0,
  connection: () => (require('./connection') as typeof import('./connection')).existingConnection,
  narrowable: { decides: 'its own iamRoleStatements' },
});
