import { Token } from 'cdktf';
import type { Statement } from '../access/policy';
import type { Packaging } from '../config/packaging';
import type { ContainerImage } from './image';

type PrebuiltImage = Extract<Packaging, { type: 'prebuilt-image' }>;

/** An image that was built elsewhere: in ECR, a public registry, or a private one with credentials in Secrets Manager. */
export function prebuiltImage({ properties }: PrebuiltImage, partition: string): ContainerImage {
  return {
    ...properties,
    pullStatements: [...ecrStatements(properties.image, partition), ...secretStatements(properties)],
  };
}

const ECR_IMAGE = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?\/([^:@]+)/;

function ecrStatements(image: string, partition: string): Statement[] {
  const [, account, region, name] = ECR_IMAGE.exec(image) ?? [];
  // Of an image whose name only Terraform knows (a repository made beside the job), nobody can tell where it comes from.
  const unknown = name === undefined && Token.isUnresolved(image);
  if (name === undefined && !unknown) return [];
  const repository = unknown ? '*:*:repository/*' : `${region}:${account}:repository/${name}`;
  return [
    // GetAuthorizationToken takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html
    { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    {
      Sid: 'PullImage',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [`arn:${partition}:ecr:${repository}`],
    },
  ];
}

function secretStatements({ repositoryCredentialsSecretArn }: PrebuiltImage['properties']): Statement[] {
  if (repositoryCredentialsSecretArn === undefined) return [];
  return [
    {
      Sid: 'RegistryCredentials',
      Action: ['secretsmanager:GetSecretValue'],
      Resource: [repositoryCredentialsSecretArn],
    },
  ];
}
