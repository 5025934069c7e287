import { IN_ACCOUNT } from '../../config/arn-rule';
import { companion } from '../descriptor';
import { EFS_PARAMS, efsFilesystem } from './schema';

export type { EfsFilesystem } from './schema';

/** The type `efs-filesystem`. */
export const EFS_FILESYSTEM = companion({
  type: 'efs-filesystem',
  noun: 'file system',
  schema: efsFilesystem,
  creates: [['EfsFilesystem', 'efs-file-system']],
  construct: () => (require('./construct') as typeof import('./construct')).EfsFilesystem,
  params: EFS_PARAMS,
  // Access points can only be created in file systems of the account.
  existingArns: { arn: IN_ACCOUNT },
  isStore: true,
  namedBy: ['efsFilesystemName'],
  rules: () => (require('./rules') as typeof import('./rules')).EFS_RULES,
  insteadOfConnection: (name) =>
    `add { type: efs, properties: { efsFilesystemName: ${name}, mountPath: /data } } to volumes instead`,
});
