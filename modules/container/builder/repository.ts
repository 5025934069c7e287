import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import type { Statement } from '../../access/policy';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import { jsonLiteral } from '../../terraform/literal';

/** Days until an untagged image expires. Tags are immutable, so only an interrupted push leaves an untagged image. */
const UNTAGGED_DAYS = 1;

/**
 * The repository for a stack's images. Each tag is the digest of the image's build context and is immutable. ECR scans each image on push.
 * Tagged images don't expire, because an older job definition or a run that waits for capacity might use them.
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
    new EcrLifecyclePolicy(this, 'Lifecycle', {
      repository: this.repository.name,
      policy: jsonLiteral({
        rules: [expiry(1, 'Images without a tag', 'untagged', UNTAGGED_DAYS)],
      }),
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

/** A lifecycle policy rule: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export function expiry(rulePriority: number, description: string, tagStatus: 'untagged' | 'any', days: number) {
  const selection = { tagStatus, countType: 'sinceImagePushed', countUnit: 'days', countNumber: days };
  return { rulePriority, description, selection, action: { type: 'expire' } };
}

/** Has no resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
const REGISTRY_LOGIN: Statement = { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };

/** Lower case, digits and single separators: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function imageRepositoryName(stackName: string, what: string): string {
  const name = stackName.toLowerCase().replace(/[-_]+/g, '-').replace(/-$/, '');
  return physicalName(NAME_LIMITS.ecrRepository, name, what);
}
