import { z } from 'zod';
import { nonEmpty, strict } from './checked';
import { s3Backend } from './s3-backend';

/** Where Terraform stores its state. */
export const backend = z.discriminatedUnion('type', [
  strict({
    /** Stores the state in a file on your machine. */
    type: z.literal('local'),
    /** Path of the state file, relative to the stack's folder. @default terraform.<stackName>.<region>.tfstate in the folder that contains cdktf.out */
    path: nonEmpty('a path').optional(),
  }),
  s3Backend,
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
