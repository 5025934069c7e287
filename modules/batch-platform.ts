import { Annotations, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { z } from 'zod';
import { Capacity } from './compute/capacity';
import { userDataProblem } from './compute/user-data';
import { across, type CheckContext, nonEmpty, refuse, strict } from './config/checked';
import { checkCompute, compute, type MachineImageId } from './config/compute';
import { constructSettings } from './config/construct-props';
import { encryption } from './config/encryption';
import { iam } from './config/iam';
import { protect } from './config/protection';
import { region } from './config/region';
import { tags } from './config/tags';
import type { BuildContext } from './container/build-context';
import { contextNotes, type ImageSource, jobContext } from './container/build-plan';
import type { ImageBuilds } from './container/builder/image-builds';
import type { StringsCode } from './container/connection-strings/strings-code';
import { containerImage } from './container/container-image';
import type { ContainerImage } from './container/image';
import type { RunPlaces } from './limits/run-places';
import type { Network } from './network/network';
import { NetworkOnDemand } from './network/network-on-demand';
import type { Notifier } from './notifications/notifier';
import type { ItemsCode } from './orchestration/items-code';
import { PayloadBucket } from './orchestration/payload-bucket';
import { TriggerCode } from './orchestration/trigger-code';
import { UndeliveredEvents } from './orchestration/undelivered-events';
import { ConfigError } from './problems/config-error';
import { foundValue } from './problems/found';
import type { CompanionContext } from './resources/companion';
import { namePartProblem } from './rules/naming';
import { watchSums } from './sums/watch';
import { AwsContext } from './terraform/aws-context';
import { writeForgotten } from './terraform/forget';
import { ownFiles } from './terraform/own-files';

/** Properties of {@link BatchPlatform}. */
export interface BatchPlatformProps {
  /** Prefix of every physical name: letters, digits, hyphens and underscores, a letter first. @default the ID of the Terraform stack */
  readonly stackName?: string;
  /**
   * The region, if it is known at synthesis. It determines the instance types of GPU jobs that list none.
   *
   * @default known only to Terraform, which then finds these types during plan
   */
  readonly region?: string;
  /** Network of the instances. @default a new VPC, see DefaultVpc */
  readonly network?: Network;
  /** Permissions boundary and path of every role. @default no boundary, and the path / */
  readonly iam?: { readonly permissionsBoundaryArn?: string; readonly path?: string };
  /** ARN of the KMS key that encrypts what the jobs store and what shares their platform's `context`. @default keys of AWS */
  readonly encryption?: { readonly kmsKeyArn?: string };
  /** Maximum vCPUs of each compute environment. @default 256 */
  readonly maxVcpus?: number;
  /**
   * vCPUs that each compute environment keeps running when no job needs them. An environment that is only the on-demand fallback of Spot
   * jobs keeps none. 0 to `maxVcpus`.
   *
   * @default 0
   */
  readonly minVcpus?: number;
  /** Size of each instance's root volume, in GiB. @default 100 */
  readonly rootVolumeGb?: number;
  /** I/O operations per second of each instance's root volume. @default 3,000 */
  readonly rootVolumeIops?: number;
  /** Throughput of each instance's root volume, in MiB per second. @default 125 */
  readonly rootVolumeThroughputMibps?: number;
  /** Whether each deployment moves instances to the latest machine image. @default false */
  readonly useLatestMachineImage?: boolean;
  /** ID of the machine image of all instances, or of each kind: `x86_64`, `arm64` and `gpu`. @default AWS chooses the image */
  readonly machineImageId?: MachineImageId;
  /** What each instance runs when it starts: a script that starts with `#!`, or a document that starts with `#cloud-config`. @default none */
  readonly userData?: string;
  /** Tags of instances and volumes, which don't get the provider's default tags. @default none */
  readonly tags?: { readonly [key: string]: string };
  /** Folder that packaging paths are relative to. @default the current folder */
  readonly baseDir?: string;
  /** Where images are built. @default codebuild */
  readonly imageBuilder?: 'codebuild' | 'docker';
  /**
   * Build contexts of the jobs' images, by job, if they are already known.
   *
   * @default found in `baseDir`
   *
   * @internal
   */
  readonly buildContexts?: ReadonlyMap<string, BuildContext>;
}

const { securityGroupIds: _ofNetwork, ...ofInstances } = compute.shape;

const settings = strict({
  ...ofInstances,
  stackName: z.string().optional(),
  region: region.optional(),
  iam: iam.optional(),
  encryption: encryption.optional(),
  tags: tags.optional(),
  baseDir: nonEmpty('the path of a folder').optional(),
  imageBuilder: z.enum(['codebuild', 'docker']).optional(),
});

const platformSettings = across(settings, (value, context) => {
  checkCompute(value, context);
  refuseLongUserData(value.userData, context);
});

/** Reports user data that is too long together with the project's own. */
function refuseLongUserData(added: unknown, context: CheckContext): void {
  const finding = typeof added === 'string' ? userDataProblem({ added }) : undefined;
  if (finding !== undefined) refuse(context, finding, ['userData']);
}

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
 * The parts that batch jobs of a Terraform stack share: network, capacity, the trigger function's code, the queue of undelivered events
 * and the payload bucket. Each is created for the first job or companion resource that needs it.
 *
 * @throws ConfigError if the stack's name cannot be the prefix of physical names.
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
  private notifications?: Notifier;
  private places?: RunPlaces;
  private codeOfItems?: ItemsCode;
  private codeOfStrings?: StringsCode;
  private readonly jobPaths = new Map<string, string>();

  constructor(scope: Construct, id: string, props: BatchPlatformProps = {}) {
    super(scope, id);
    // A network on demand is this project's: a check would create it.
    const network = props?.network;
    const checked = network instanceof NetworkOnDemand ? { ...props, network: undefined } : props;
    const given = constructSettings(this, checked, platformSettings, WANTED);
    this.props = props;
    const {
      stackName = TerraformStack.of(this).node.id,
      tags = {},
      useLatestMachineImage,
      machineImageId,
      userData,
    } = props;
    const { maxVcpus, minVcpus, rootVolumeGb, rootVolumeIops, rootVolumeThroughputMibps } = given;
    const problem = namePartProblem(stackName);
    if (problem !== undefined) throw new ConfigError([{ keys: ['stackName'], ...problem }], this.node.path);
    this.stackName = stackName;
    watchSums(TerraformStack.of(this));
    writeForgotten(this);
    this.aws = new AwsContext(this, 'aws', { iam: given.iam, kmsKeyArn: given.encryption?.kmsKeyArn });
    this.network = network ?? new NetworkOnDemand(() => this.createVpc());
    const { aws } = this;
    this.region = props.region;
    this.capacity = new Capacity(this, 'capacity', {
      stackName,
      aws,
      region: props.region,
      network: this.network,
      maxVcpus,
      minVcpus,
      rootVolumeGb,
      rootVolumeIops,
      rootVolumeThroughputMibps,
      useLatestMachineImage,
      machineImageId,
      userData,
      tags,
    });
    this.triggerCode = new TriggerCode(this, 'trigger-code');
    this.undeliveredEvents = new UndeliveredEvents(this, 'undelivered-events', { stackName, aws });
    this.payloads = new PayloadBucket(this, 'payloads', { stackName, aws });
  }

  /** The context of companion resources: pass it to those of `cdktf-batch-jobs/resources`. */
  get context(): CompanionContext {
    const { stackName, aws, network, undeliveredEvents } = this;
    return { stackName, aws, network, undeliveredEvents, baseDir: this.props.baseDir ?? '.' };
  }

  /**
   * Reserves a job's name, which is part of physical names, for the construct at `path`.
   *
   * @throws ConfigError if the name is invalid or already taken. Case is ignored, as in the names of IAM roles.
   *
   * @internal
   */
  takeJobName(name: string, path: string): void {
    const takenBy = this.jobPaths.get(name.toLowerCase());
    const taken = takenBy !== undefined && {
      found: foundValue(name, `, taken by ${takenBy}`),
      accepted: 'an ID that no other job of the platform has, ignoring case',
      fix: 'rename one of them: every physical name of a job includes its ID',
    };
    const problem = namePartProblem(name) ?? (taken || undefined);
    if (problem !== undefined) throw new ConfigError([{ keys: ['id'], ...problem }], path);
    this.jobPaths.set(name.toLowerCase(), path);
  }

  /**
   * The image of a job. The first image to build creates the resources that build images. Notices about an image of this job only become
   * annotations of the job.
   *
   * @throws ConfigError if a part of the image is missing
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
      builds: () => this.findOrCreateImageBuilds(),
    });
  }

  /**
   * The state machine that sends notifications. The first call creates it.
   *
   * @internal
   */
  get notifier(): Notifier {
    const { stackName, aws } = this;
    // Loaded only if needed.
    const { Notifier } = require('./notifications/notifier') as typeof import('./notifications/notifier');
    this.notifications ??= new Notifier(this, 'notifications', { stackName, aws });
    return this.notifications;
  }

  /**
   * The places of runs of jobs with limits. The first call creates them.
   *
   * @internal
   */
  get runPlaces(): RunPlaces {
    const { stackName, aws } = this;
    // Loaded only if needed.
    const { RunPlaces } = require('./limits/run-places') as typeof import('./limits/run-places');
    this.places ??= new RunPlaces(this, 'run-places', { stackName, aws });
    return this.places;
  }

  /**
   * The code of the functions that find the items of runs. The first call creates it.
   *
   * @internal
   */
  get itemsCode(): ItemsCode {
    // Loaded only if needed.
    const { ItemsCode } = require('./orchestration/items-code') as typeof import('./orchestration/items-code');
    this.codeOfItems ??= new ItemsCode(this, 'items-code');
    return this.codeOfItems;
  }

  /**
   * The code of the functions that write connection strings. The first call creates it.
   *
   * @internal
   */
  get stringsCode(): StringsCode {
    // Loaded only if needed.
    const { StringsCode } =
      require('./container/connection-strings/strings-code') as typeof import('./container/connection-strings/strings-code');
    this.codeOfStrings ??= new StringsCode(this, 'strings-code');
    return this.codeOfStrings;
  }

  /**
   * Protects what holds events, images and instances of the jobs. The queues and compute environments of a job are its own to protect.
   *
   * @internal
   */
  protect(): void {
    const { payloads, undeliveredEvents } = this;
    const network = this.network instanceof NetworkOnDemand ? this.network.existing : this.network;
    for (const part of [payloads, undeliveredEvents, this.builds?.repository, network])
      if (Construct.isConstruct(part)) protect(part);
  }

  private findOrCreateImageBuilds(): ImageBuilds {
    const { stackName, aws, region, undeliveredEvents } = this;
    const { imageBuilder = 'codebuild' } = this.props;
    // Loaded only if needed.
    const { ImageBuilds } =
      require('./container/builder/image-builds') as typeof import('./container/builder/image-builds');
    this.builds ??= new ImageBuilds(this, 'images', { stackName, aws, undeliveredEvents, imageBuilder, region });
    return this.builds;
  }

  private createVpc(): Network {
    // Loaded only if needed.
    const { DefaultVpc } = require('./network/default-vpc') as typeof import('./network/default-vpc');
    return new DefaultVpc(this, 'network', { stackName: this.stackName });
  }

  /** The default platform of a Terraform stack's jobs. The first call creates it, with its defaults. */
  static of(scope: Construct): BatchPlatform {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild(SHARED_ID);
    return existing instanceof BatchPlatform ? existing : new BatchPlatform(stack, SHARED_ID);
  }
}
