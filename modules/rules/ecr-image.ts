/** Location of an image in Amazon ECR. */
export interface EcrImage {
  readonly account: string;
  readonly region: string;
  /** Such as `team/job`. */
  readonly repository: string;
}

/** Hosts of every partition, including FIPS and dual-stack ones: https://docs.aws.amazon.com/general/latest/gr/ecr.html */
const ECR_IMAGE = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z]+(?:-[a-z0-9]+)+)\.[a-z.-]+\/([^:@]+)/;

/** The location of an image in Amazon ECR, or undefined for an image in any other registry. */
export function ecrImage(image: string): EcrImage | undefined {
  const [, account, region, repository] = ECR_IMAGE.exec(image) ?? [];
  if (account === undefined || region === undefined || repository === undefined) return undefined;
  return { account, region, repository };
}
