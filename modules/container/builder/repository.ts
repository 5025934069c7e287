import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import type { Statement } from '../../access/policy';
import { NAME_LIMITS, physicalName } from '../../rules/naming';

/**
 * The repository for a stack's images. Each tag is the digest of the image's build context and is immutable. ECR scans each image on push.
 * Images don't expire, because an older job definition or a run that waits for capacity might use them. No image loses its tag.
 */
export class ImageRepository extends Construct {
  readonly repository: EcrRepository;

  constructor(scope: Construct, id: string, { stackName }: { readonly stackName: string }) {
    super(scope, id);
    this.repository = new EcrRepository(this, 'Resource', {
      name: imageRepositoryName(stackName, 'jobs'),
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      // Images can be built again, so they don't block the destruction of the stack.
      forceDelete: true,
    });
  }

  /** Name of the image with a tag. */
  image(tag: string): string {
    return `${this.repository.repositoryUrl}:${tag}`;
  }

  /** Allows a role to pull the images. */
  get pullStatements(): Statement[] {
    return [
      REGISTRY_LOGIN,
      {
        Sid: 'PullImage',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: [this.repository.arn],
      },
    ];
  }

  /** Allows a role to push images. */
  get pushStatements(): Statement[] {
    return [
      REGISTRY_LOGIN,
      {
        Sid: 'PushImage',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        Resource: [this.repository.arn],
      },
    ];
  }
}

/** Has no resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
const REGISTRY_LOGIN: Statement = { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };

/** Lower case, digits and single separators: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function imageRepositoryName(stackName: string, what: string): string {
  const name = stackName.toLowerCase().replace(/[-_]+/g, '-').replace(/-$/, '');
  return physicalName(NAME_LIMITS.ecrRepository, name, what);
}
