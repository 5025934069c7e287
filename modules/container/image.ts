import type { ITerraformDependable } from 'cdktf';
import type { Statement } from '../access/policy';

/** What the job definition needs to know of an image, however it came to be. */
export interface ContainerImage {
  /** Name with registry and tag or digest. */
  readonly image: string;
  /** @default the image's own CMD */
  readonly command?: readonly string[];
  /** Secret with the credentials of a private registry. @default none */
  readonly repositoryCredentialsSecretArn?: string;
  /** What the execution role must be allowed in order to pull the image. */
  readonly pullStatements: readonly Statement[];
  /** Docker's own init stands before the command: it forwards SIGTERM and collects orphans. @default the command is the first process */
  readonly init?: boolean;
  /** What must be done before a job can pull the image. @default nothing */
  readonly dependencies?: readonly ITerraformDependable[];
}
