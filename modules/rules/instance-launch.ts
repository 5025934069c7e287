// Limits and forms of what instances are launched with.

/** Bytes of an instance's user data before base64: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-add-user-data.html */
export const MAX_USER_DATA_BYTES = 16 * 1024;

/**
 * Bytes left for the part that AWS Batch adds to the user data. AWS does not document its size, which is a few hundred bytes:
 * https://docs.aws.amazon.com/batch/latest/userguide/launch-templates.html
 */
export const BATCH_USER_DATA_BYTES = 1024;

/** Separates the parts of the user data. Fixed, so that the same version of this library always generates the same bytes. */
export const USER_DATA_BOUNDARY = '==batch-job-hosts==';

/** Beginnings of user data that cloud-init knows, with the MIME type of each: https://docs.cloud-init.io/en/latest/explanation/format.html */
export const USER_DATA_TYPES: readonly (readonly [start: string, type: string])[] = [
  ['#!', 'text/x-shellscript'],
  ['#cloud-config', 'text/cloud-config'],
  ['#cloud-boothook', 'text/cloud-boothook'],
];

/**
 * Security groups of a network interface. Accounts have a quota of 5, which AWS raises up to this number:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-security-groups
 */
export const MAX_SECURITY_GROUPS = 16;

/** ID of a security group: 8 hexadecimal digits until 2016, 17 since. */
export const SECURITY_GROUP_ID = /^sg-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;

/** ID of a machine image. */
export const MACHINE_IMAGE_ID = /^ami-(?:[0-9a-f]{8}|[0-9a-f]{17})$/;
