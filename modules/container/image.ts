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
}
