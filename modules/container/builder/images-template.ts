/** One image for the builder function to build. */
export interface ImageRequest {
  /** Digest of all that goes in: the tag. */
  readonly digest: string;
  /** Name with registry and tag. */
  readonly image: string;
  readonly repositoryName: string;
  /** CodeBuild's project for its architecture. */
  readonly projectName: string;
  /** `s3://` address of the context's archive. */
  readonly contextUri: string;
  /** Build specification in JSON. */
  readonly buildSpecification: string;
}

/** Seconds that CloudFormation waits for an image, the most it does. */
const SERVICE_TIMEOUT_SECONDS = 3600;

/**
 * A CloudFormation template with a custom resource for each image, in the order of their digests. CloudFormation is here for one thing that
 * Terraform cannot do without a program of its own: wait for a function that answers later.
 */
export function imagesTemplate(functionArn: string, images: readonly ImageRequest[]) {
  const sorted = [...images].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Waits for the images of batch jobs to be built; owned by Terraform',
    Resources: Object.fromEntries(
      sorted.map((image) => [
        `Image${image.digest}`,
        {
          Type: 'Custom::ContainerImage',
          Properties: {
            ServiceToken: functionArn,
            ServiceTimeout: String(SERVICE_TIMEOUT_SECONDS),
            ProjectName: image.projectName,
            RepositoryName: image.repositoryName,
            Tag: image.digest,
            Image: image.image,
            ContextUri: image.contextUri,
            Buildspec: image.buildSpecification,
          },
        },
      ]),
    ),
  };
}
