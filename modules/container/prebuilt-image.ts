import { Token } from 'cdktf';
import type { Statement } from '../access/policy';
import type { Packaging } from '../config/packaging';
import { ecrImage } from '../rules/ecr-image';
import type { ContainerImage } from './image';

type PrebuiltImage = Extract<Packaging, { type: 'prebuilt-image' }>;

const HAS_DIGEST = /@sha(?:256|512):[a-f0-9]+$/;

/** A prebuilt image in ECR, in a public registry, or in a private registry with credentials in Secrets Manager. */
export function prebuiltImage({ properties }: PrebuiltImage, partition: string): ContainerImage {
  return {
    ...properties,
    ...(HAS_DIGEST.test(properties.image) ? { isFixed: true } : {}),
    pullStatements: [...ecrStatements(properties.image, partition), ...secretStatements(properties)],
  };
}

function ecrStatements(image: string, partition: string): Statement[] {
  const place = ecrImage(image);
  // If only Terraform knows the image's name (a repository in the same stack), its registry is unknown.
  if (place === undefined && !Token.isUnresolved(image)) return [];
  const { region, account, repository: name } = place ?? { region: '*', account: '*', repository: '*' };
  const repository = `${region}:${account}:repository/${name}`;
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
