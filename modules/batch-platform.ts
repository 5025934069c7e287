import { Annotations, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { z } from 'zod';
import { AwsContext } from './aws-context';
import { Capacity } from './compute/capacity';
import { tags } from './config/batch-job';
import { nonEmpty, strict } from './config/checked';
import { compute, region } from './config/config';
import { constructSettings } from './config/construct-props';
import { ConfigError, formatFound } from './config/problem';
import type { BuildContext } from './container/build-context';
import { contextNotes, type ImageSource, jobContext } from './container/build-plan';
import { ImageBuilds } from './container/builder/image-builds';
import { containerImage } from './container/container-image';
import type { ContainerImage } from './container/image';
import { namePartProblem } from './naming';
import { DefaultVpc } from './network/default-vpc';
import type { Network } from './network/network';
import { PayloadBucket } from './orchestration/payload-bucket';
import { TriggerCode } from './orchestration/trigger-code';
import { UndeliveredEvents } from './orchestration/undelivered-events';
import { ownFiles } from './own-files';
import type { CompanionContext } from './resources/companion';
import { watchSums } from './sums/watch';

/** Properties of {@link BatchPlatform}. */
export interface BatchPlatformProps {
  /** Beginning of every physical name: letters, digits, hyphens and underscores, a letter first. @default the id of the Terraform stack */
  readonly stackName?: string;
  /** The region, if it is known at synthesis: the GPU instances of jobs that list none are then written out. @default known to Terraform only */
  readonly region?: string;
  /** Where instances stand. @default a VPC of the platform's own, see DefaultVpc */
  readonly network?: Network;
  /** Most vCPUs of each compute environment. @default 256 */
  readonly maxVcpus?: number;
  /** Size of each instance's root volume in GiB. @default 100 */
  readonly rootVolumeGb?: number;
  /** Whether instances start from the newest machine image that there is at each deployment. @default false */
  readonly useLatestMachineImage?: boolean;
  /** Tags of instances and volumes, which do not get the provider's default tags. @default none */
  readonly tags?: { readonly [key: string]: string };
  /** Folder that the paths of packagings are relative to. @default the current one */
  readonly baseDir?: string;
  /** What builds images. @default codebuild */
  readonly imageBuilder?: 'codebuild' | 'docker';
  /**
   * What the images of jobs are built of, by job, where that is known already. @default found in `baseDir`
   *
   * @internal
   */
  readonly buildContexts?: ReadonlyMap<string, BuildContext>;
}

/** Limits of the instances where nothing else is said. */
export const COMPUTE_DEFAULTS = { maxVcpus: 256, rootVolumeGb: 100 } as const;

const platformSettings = strict({
  ...compute.shape,
  stackName: z.string().optional(),
  region: region.optional(),
  tags: tags.optional(),
  baseDir: nonEmpty('the path of a folder').optional(),
  imageBuilder: z.enum(['codebuild', 'docker']).optional(),
});

const WANTED = {
  network: {
    accepted: 'a network (DefaultVpc, ExistingVpc or another Network)',
    has: ['vpcId', 'subnetIds', 'securityGroupIds'],
    optional: true,
  },
  buildContexts: { accepted: 'a Map of build contexts', optional: true },
};

const SHARED_ID = 'batch-platform';

/**
 * What the batch jobs of a Terraform stack share: network, capacity, the trigger's code, the queue of undelivered events and the
 * bucket of large ones.
 *
 * @throws ConfigError if the stack's name cannot begin a physical name.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import { BatchJob, BatchPlatform } from 'cdktf-batch-jobs';
 *
 * declare const stack: TerraformStack;
 * const platform = new BatchPlatform(stack, 'platform', { maxVcpus: 64 });
 * new BatchJob(stack, 'nightlyReport', {
 *   platform,
 *   container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
 *   resources: { cpu: 2, memory: 1800 },
 * });
 */
export class BatchPlatform extends Construct {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** The region, if it is known at synthesis. */
  readonly region?: string;
  readonly network: Network;
  readonly capacity: Capacity;
  readonly triggerCode: TriggerCode;
  readonly undeliveredEvents: UndeliveredEvents;
  readonly payloads: PayloadBucket;
  private readonly props: BatchPlatformProps;
  private builds?: ImageBuilds;
  private readonly jobPaths = new Map<string, string>();

  constructor(scope: Construct, id: string, props: BatchPlatformProps = {}) {
    super(scope, id);
    const given = constructSettings(this, props, platformSettings, WANTED);
    this.props = props;
    const { stackName = TerraformStack.of(this).node.id, tags = {}, useLatestMachineImage } = props;
    const { maxVcpus = COMPUTE_DEFAULTS.maxVcpus, rootVolumeGb = COMPUTE_DEFAULTS.rootVolumeGb } = given;
    const problem = namePartProblem(stackName);
    if (problem !== undefined) throw new ConfigError([{ path: 'stackName', ...problem }], this.node.path);
    this.stackName = stackName;
    watchSums(TerraformStack.of(this));
    this.aws = new AwsContext(this, 'aws');
    this.network = props.network ?? new DefaultVpc(this, 'network', { stackName });
    const { aws, network } = this;
    this.region = props.region;
    this.capacity = new Capacity(this, 'capacity', {
      stackName,
      aws,
      region: props.region,
      network,
      maxVcpus,
      rootVolumeGb,
      useLatestMachineImage,
      tags,
    });
    this.triggerCode = new TriggerCode(this, 'trigger-code');
    this.undeliveredEvents = new UndeliveredEvents(this, 'undelivered-events', { stackName, aws });
    this.payloads = new PayloadBucket(this, 'payloads', { stackName });
  }

  /** What companion resources share: pass it to those of `cdktf-batch-jobs/resources`. */
  get context(): CompanionContext {
    const { stackName, aws, network, undeliveredEvents } = this;
    return { stackName, aws, network, undeliveredEvents, baseDir: this.props.baseDir ?? '.' };
  }

  /**
   * Takes a job's name, which stands in physical names, for the construct at `path`.
   *
   * @throws ConfigError if it cannot stand there, or is taken already. Case does not count, as in the names of IAM roles.
   *
   * @internal
   */
  takeJobName(name: string, path: string): void {
    const takenBy = this.jobPaths.get(name.toLowerCase());
    const taken = takenBy !== undefined && {
      found: `${formatFound(name)}, taken by ${takenBy}`,
      accepted: 'an ID that no other job of the platform has, ignoring case',
      fix: 'rename one of them: every physical name of a job includes its ID',
    };
    const problem = namePartProblem(name) ?? (taken || undefined);
    if (problem !== undefined) throw new ConfigError([{ path: 'id', ...problem }], path);
    this.jobPaths.set(name.toLowerCase(), path);
  }

  /**
   * The image of a job. What builds images is made with the first one that has to be built. What a person should know of an image that only
   * this job knows of becomes an annotation of the job.
   *
   * @throws ConfigError if something that goes into the image is missing
   *
   * @internal
   */
  image(job: Construct, source: ImageSource): ContainerImage {
    const { buildContexts, baseDir = '.' } = this.props;
    const { id, path } = job.node;
    const known = buildContexts?.get(id);
    const context = known ?? jobContext(source, baseDir, path, ownFiles(this));
    if (known === undefined && context !== undefined) {
      for (const { property, message } of contextNotes(new Map([[id, context]]), () => [])) {
        Annotations.of(job).addInfo(`${property}: ${message}`);
      }
    }
    const { partition } = this.aws;
    return containerImage(source.container.packaging, {
      partition,
      job: id,
      context,
      builds: () => this.imageBuilds(),
    });
  }

  private imageBuilds(): ImageBuilds {
    const { stackName, aws, region, undeliveredEvents } = this;
    const { imageBuilder = 'codebuild' } = this.props;
    this.builds ??= new ImageBuilds(this, 'images', { stackName, aws, undeliveredEvents, imageBuilder, region });
    return this.builds;
  }

  /** The platform that jobs of a Terraform stack use when none is given; made with its defaults at the first call. */
  static of(scope: Construct): BatchPlatform {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(SHARED_ID);
    return existing instanceof BatchPlatform ? existing : new BatchPlatform(stack, SHARED_ID);
  }
}
