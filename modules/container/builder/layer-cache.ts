import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import type { Statement } from '../../access/policy';
import { jsonLiteral } from '../../terraform/literal';
import type { Architecture } from '../build-context';
import type { LayerCache } from './build-specification';
import { imageRepositoryName } from './repository';

/** Days until the cached layers of a job expire, after its last build. */
const KEPT_DAYS = 30;

/**
 * The repository for cached layers, with one tag per job that each build overwrites. It is separate from the repository for images, whose tags
 * are immutable.
 */
export class LayerCacheRepository extends Construct {
  readonly repository: EcrRepository;
  private readonly name: string;

  constructor(scope: Construct, id: string, { stackName }: { readonly stackName: string }) {
    super(scope, id);
    this.name = imageRepositoryName(stackName, 'layers');
    this.repository = new EcrRepository(this, 'Resource', {
      name: this.name,
      imageTagMutability: 'MUTABLE',
      encryptionConfiguration: [{ encryptionType: 'AES256' }],
      forceDelete: true,
    });
    new EcrLifecyclePolicy(this, 'Lifecycle', {
      repository: this.repository.name,
      policy: jsonLiteral({
        rules: [
          expiry(1, 'Layers that a newer build replaced', 'untagged', 1),
          expiry(2, 'Layers of jobs that are not built any more', 'any', KEPT_DAYS),
        ],
      }),
    });
  }

  /** Repository and tag of the cached layers of a job's image. */
  of(job: string, architecture: Architecture): LayerCache {
    return { repository: this.name, tag: `${job.replace(/[^\w.-]/g, '-').slice(0, 100)}-${architecture}` };
  }

  /** Allows a role to read and write layers. */
  get statement(): Statement {
    return {
      Sid: 'KeepLayers',
      Action: [
        'ecr:BatchCheckLayerAvailability',
        'ecr:BatchGetImage',
        'ecr:CompleteLayerUpload',
        'ecr:GetDownloadUrlForLayer',
        'ecr:InitiateLayerUpload',
        'ecr:PutImage',
        'ecr:UploadLayerPart',
      ],
      Resource: [this.repository.arn],
    };
  }
}

/** A lifecycle policy rule: https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
function expiry(rulePriority: number, description: string, tagStatus: 'untagged' | 'any', days: number) {
  const selection = { tagStatus, countType: 'sinceImagePushed', countUnit: 'days', countNumber: days };
  return { rulePriority, description, selection, action: { type: 'expire' } };
}
