import type { ITerraformDependable } from 'cdktf';
import type { Statement } from '../access/policy';

/** The properties of an image that a job definition needs. */
export interface ContainerImage {
  /** Name with registry and tag or digest. */
  readonly image: string;
  /** Whether the name always means the same image: by a digest, or a tag that its repository never moves. @default false */
  readonly isFixed?: boolean;
  /** @default the CMD of the image */
  readonly command?: readonly string[];
  /** Secret with the credentials of a private registry. @default none */
  readonly repositoryCredentialsSecretArn?: string;
  /** Permissions that the execution role needs to pull the image. */
  readonly pullStatements: readonly Statement[];
  /** Whether Docker's init process runs the command. It forwards SIGTERM and reaps orphaned processes. @default the command is the first process */
  readonly init?: boolean;
  /** Whether its first program completes variables: see `completedVariables`. @default false */
  readonly completesVariables?: boolean;
  /** Resources that must exist before a job can pull the image. @default none */
  readonly dependencies?: readonly ITerraformDependable[];
}
