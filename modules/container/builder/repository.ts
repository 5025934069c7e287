import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import type { Statement } from '../../access/policy';
import { NAME_LIMITS, physicalName } from '../../naming';
import { jsonLiteral } from '../../terraform-literal';

/** Days after which an image without a tag goes: tags never move, so only a push that broke off leaves one. */
const UNTAGGED_DAYS = 1;

/**
 * The repository of a stack's images: each tag is the digest of what its image was built of and never moves, and each image is scanned when
 * it is pushed. Tagged images stay, since an older job definition, or a run that waits for capacity, may still name them.
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
      // What was built can be built again, and must not keep the stack from being destroyed.
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

  /** Lets a role pull the images. */
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

  /** Lets a role push images. */
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

/** A rule of a lifecycle: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export function expiry(rulePriority: number, description: string, tagStatus: 'untagged' | 'any', days: number) {
  const selection = { tagStatus, countType: 'sinceImagePushed', countUnit: 'days', countNumber: days };
  return { rulePriority, description, selection, action: { type: 'expire' } };
}

/** Takes no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerregistry.html */
const REGISTRY_LOGIN: Statement = { Sid: 'RegistryLogin', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] };

/** Lower case, digits and single separators: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html */
export function imageRepositoryName(stackName: string, what: string): string {
  const name = stackName.toLowerCase().replace(/[-_]+/g, '-').replace(/-$/, '');
  return physicalName(NAME_LIMITS.ecrRepository, name, what);
}
