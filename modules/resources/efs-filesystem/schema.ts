import { z } from 'zod';
import { across, numberIn, numberOf, refuse, strict, text } from '../../config/checked';
import { subnetIds } from '../../config/subnet-ids';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { foundValue } from '../../problems/found';
import { DAYS_TO_INFREQUENT_ACCESS, PROVISIONED_THROUGHPUT } from '../../rules/efs';
import { companionSchema } from '../companion-schema';
import { securityGroupId } from '../network-access';

/** Properties of a file system that the stack creates. */
export const efsProperties = across(
  strict({
    /** Backs up all files each day and keeps the backups for 35 days, also after the file system is deleted. AWS Backup charges for them. @default true */
    backupEnabled: z.boolean().default(true),
    /** `elastic` grows and shrinks with the load and costs per GB that is read or written. `bursting` grows with the amount of files. `provisioned` is a fixed rate. @default elastic */
    throughputMode: z.enum(['elastic', 'bursting', 'provisioned']).default('elastic'),
    /** Throughput in MiB per second. Required with `provisioned`, and an error with other modes. @default none */
    provisionedThroughputInMibps: numberIn({ unit: 'MiB/s', ...PROVISIONED_THROUGHPUT }).optional(),
    /** Days without access after which a file moves to Infrequent Access, where storage is cheaper and each access costs extra. @default none: files don't move */
    infrequentAccessAfterDays: numberOf(DAYS_TO_INFREQUENT_ACCESS, 'days').optional(),
    /** Terraform refuses to delete or replace the file system, also with `destroy`. It can't protect a resource that you remove from the config. To delete the file system, set `false` and deploy first. @default true */
    deletionProtection: z.boolean().default(true),
    /** Subnets of the mount targets, one for each Availability Zone that jobs run in. @default the jobs' subnets, the first of each zone */
    subnetIds: subnetIds(1).optional(),
  }),
  ({ throughputMode = 'elastic', provisionedThroughputInMibps }, context) => {
    const isProvisioned = throughputMode === 'provisioned';
    if (isProvisioned === (provisionedThroughputInMibps !== undefined)) return;
    const [code, found, fix] = isProvisioned
      ? (['missing-property', foundValue(undefined), 'add it, or use another throughputMode'] as const)
      : ([
          'conflict',
          'a rate without throughputMode "provisioned"',
          'remove it, or set throughputMode: provisioned',
        ] as const);
    const accepted = 'a rate with throughputMode "provisioned", and none with other modes';
    refuse(context, { code, found, accepted, fix }, ['provisionedThroughputInMibps']);
  },
);

/** ARN of a file system. */
const fileSystemArn = text({
  pattern: /^arn:[\w-]+:elasticfilesystem:[a-z0-9-]+:\d{12}:file-system\/fs-[0-9a-f]{8,40}$/,
  orDirective: true,
  accepted:
    'the ARN of a file system, such as arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0',
  fix: (found) =>
    /^fs-[0-9a-f]{8,40}$/.test(found)
      ? `write the whole ARN, which ends with file-system/${found}`
      : 'copy the ARN from the console',
});

/** An Amazon EFS file system: files that jobs share and that stay between runs. */
export const efsFilesystem = companionSchema(
  'efs-filesystem',
  efsProperties,
  strict({
    /** ARN of the file system. It must have a mount target in each Availability Zone that jobs run in. */
    arn: fileSystemArn,
    /** Security group of the mount targets. The stack adds a rule for the jobs that mount the file system. @default none: jobs can already reach it */
    securityGroupId: securityGroupId.optional(),
  }),
);

/** What others can ask of a file system. */
export const EFS_PARAMS = ['id', 'arn'] as const;

export interface EfsFilesystemProperties extends WrittenProperties<typeof efsFilesystem>, ByName {}
/** Such a resource as written in a config. */
export interface EfsFilesystem extends Written<z.input<typeof efsFilesystem>> {
  readonly properties?: EfsFilesystemProperties;
}
