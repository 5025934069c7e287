/** One image for the builder function to build. */
export interface ImageRequest {
  /** Digest of everything in the image, used as the tag. */
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

/** Timeout of an image, in seconds: CloudFormation's maximum. */
const SERVICE_TIMEOUT_SECONDS = 3600;

/**
 * Number of images that CloudFormation requests at a time. New accounts run one build at a time, and CloudFormation allows one hour per image
 * from its request: a queue of six builds fits into that hour, a queue of forty does not.
 */
const LANES = 6;

/** Maximum hours for all images, one after the other in each lane. */
export function hoursFor(images: number): number {
  return Math.max(1, Math.ceil(images / LANES));
}

/**
 * A CloudFormation template with a custom resource for each image, sorted by digest. It uses CloudFormation for one thing that Terraform cannot do
 * without extra programs: wait for a function that responds later. `DependsOn` is not a property, so adding or removing an image does not
 * update the other images.
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
