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
 * Images that are asked for at a time; each further one waits for the one that many before it. New accounts run one build at a time, and CloudFormation gives each
 * image an hour from the moment it asks: a sixth build fits into that, a fortieth does not.
 */
const LANES = 6;

/** Hours that all images may take, one after the other in each lane. */
export function hoursFor(images: number): number {
  return Math.max(1, Math.ceil(images / LANES));
}

/**
 * A CloudFormation template with a custom resource for each image, in the order of their digests. CloudFormation is here for one thing that
 * Terraform cannot do without a program of its own: wait for a function that answers later. What stands in `DependsOn` is no property: an image that
 * comes or goes asks for no other.
 */
export function imagesTemplate(functionArn: string, images: readonly ImageRequest[]) {
  const sorted = [...images].sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Waits for the images of batch jobs to be built; owned by Terraform',
    Resources: Object.fromEntries(
      sorted.map((image, index) => [
        `Image${image.digest}`,
        {
          Type: 'Custom::ContainerImage',
          ...(index >= LANES && { DependsOn: `Image${sorted[index - LANES]?.digest}` }),
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
