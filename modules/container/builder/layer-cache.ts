import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { Construct } from 'constructs';
import type { Statement } from '../../access/policy';
import { jsonLiteral } from '../../terraform-literal';
import type { Architecture } from '../build-context';
import type { LayerCache } from './build-specification';
import { expiry, imageRepositoryName } from './repository';

/** Days that the layers of a job's image are kept after its last build. */
const KEPT_DAYS = 30;

/**
 * The repository of layers that builds leave for the next ones: a tag for each job, which moves with each build. It stands apart from the images,
 * whose tags never move.
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

  /** Where the builds of a job's image find layers and leave theirs. */
  of(job: string, architecture: Architecture): LayerCache {
    return { repository: this.name, tag: `${job.replace(/[^\w.-]/g, '-').slice(0, 100)}-${architecture}` };
  }

  /** Lets a role read and write layers. */
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
