import { z } from 'zod';
import { nonEmpty, strict } from './checked';
import { region } from './region';

/** Where Terraform stores its state. */
export const backend = z.discriminatedUnion('type', [
  strict({
    /** Stores the state in a file on your machine. */
    type: z.literal('local'),
    /** Path of the state file, relative to the stack's folder. @default terraform.<stackName>.<region>.tfstate in the folder that contains cdktf.out */
    path: nonEmpty('a path').optional(),
  }),
  strict({
    /** Stores the state in an S3 bucket, locked by a lock file in the same bucket. */
    type: z.literal('s3'),
    /** Name of the bucket. It must exist. */
    bucket: nonEmpty("a bucket's name"),
    /** Key of the state object. @default <stackName>/<region>/terraform.tfstate */
    key: nonEmpty('a key').optional(),
    /** Region of the bucket. @default the stack's region */
    region: region.optional(),
  }),
  strict({
    /** Stores the state in HCP Terraform (Terraform Cloud) or Terraform Enterprise. */
    type: z.literal('cloud'),
    /** Name of the organization. */
    organization: nonEmpty("an organization's name"),
    /** Name of the workspace. @default <stackName>-<region> */
    workspace: nonEmpty("a workspace's name").optional(),
    /** Host name of a Terraform Enterprise installation. @default app.terraform.io */
    hostname: nonEmpty('a host name').optional(),
  }),
]);
