import { BatchComputeEnvironment } from '@cdktf/provider-aws/lib/batch-compute-environment';
import { BatchJobQueue } from '@cdktf/provider-aws/lib/batch-job-queue';
import type { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { IngressRule } from '../access/connection';
import type { MachineImageId } from '../config/compute';
import type { Network } from '../network/network';
import { nameTag } from '../rules/descriptions';
import { defaultInstanceTypes, GPU_DEFAULTS, OLDER_GPU_DEFAULTS } from '../rules/instance-families';
import { familiesIn } from '../rules/instance-offerings';
import { CANCEL_AFTER_SECONDS } from '../rules/job-ends';
import { NAME_LIMITS, physicalName, physicalNamePrefix, shortHash } from '../rules/naming';
import type { RootVolume } from '../rules/root-volume';
import type { AwsContext } from '../terraform/aws-context';
import { literals } from '../terraform/literal';
import type { AllowedSecurityGroup } from './allowed-security-group';
import { InstanceRole } from './instance-role';
import { createJobLaunchTemplate } from './job-launch-template';

/** A job's requirements for instances. Jobs with equal requirements share a compute environment and its queue. */
export interface CapacityDemand {
  readonly spot: boolean;
  /** Whether the job uses GPUs: its instances use the NVIDIA machine image. */
  readonly gpu: boolean;
  readonly architecture: 'x86_64' | 'arm64';
  /** @default the default list for the architecture and GPU */
  readonly instanceTypes?: readonly string[];
  /** Whether containers' files are on the instance store. @default false: on the root volume */
  readonly instanceStore?: boolean;
  /**
   * Resources that must accept connections from the job. AWS Batch assigns security groups to compute environments, not to jobs, so jobs
   * with the same connections share a separate pool.
   *
   * @default none
   */
  readonly ingressRules?: readonly IngressRule[];
  /** Whether the job only comes here when its Spot attempts ended. @default false */
  readonly isFallback?: boolean;
  /** Whether the name of the job's image always means the same image: it has a digest, or its repository doesn't move tags. @default false */
  readonly isImageFixed?: boolean;
}

export interface CapacityProps extends RootVolume {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** The region, if it is known at synthesis. @default known only to Terraform */
  readonly region?: string;
  readonly network: Network;
  /** Maximum vCPUs of each compute environment. */
  readonly maxVcpus: number;
  /** vCPUs that each compute environment keeps running, except one that is only a fallback. */
  readonly minVcpus: number;
  /** Whether each deployment moves instances to the latest machine image. @default false: they keep the image of the environment's creation */
  readonly useLatestMachineImage?: boolean;
  /** Machine image of all instances, or of each kind. @default AWS chooses the image */
  readonly machineImageId?: MachineImageId;
  /** Part of the instances' user data. @default only the project's own part */
  readonly userData?: string;
  /** Tags of instances and volumes. AWS Batch doesn't pass the provider's default tags to them. */
  readonly tags: { readonly [key: string]: string };
}

/** A compute environment and its queue. */
export interface CapacityPool {
  readonly environment: BatchComputeEnvironment;
  readonly queue: BatchJobQueue;
}

/** Reasons that waiting cannot fix. Excludes CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY, which is temporary. */
const NEVER_PLACED = [
  'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
  'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
] as const;

/**
 * The instances that jobs run on. The first job that needs a kind of capacity creates its environment and queue. They scale to zero, so an
 * environment without jobs costs nothing.
 */
export class Capacity extends Construct {
  /** Pools created so far, by key. */
  readonly pools = new Map<string, CapacityPool>();
  /** Keys of the pools that are more than a fallback. */
  private readonly firstChoices = new Map<string, CapacityDemand>();
  private areImagesFixed = true;
  private gpuTypes: string[] | undefined;
  private readonly templates = new Map<string, LaunchTemplate>();
  private instanceRole: InstanceRole | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CapacityProps,
  ) {
    super(scope, id);
  }

  private get region(): string | undefined {
    const { region } = this.props;
    return region === undefined || Token.isUnresolved(region) ? undefined : region;
  }

  /** Maximum vCPUs of each compute environment. */
  get maxVcpus(): number {
    return this.props.maxVcpus;
  }

  /** The demands of the compute environments that keep `minVcpus` running: one each. */
  get kept(): readonly CapacityDemand[] {
    return this.props.minVcpus === 0 ? [] : [...this.firstChoices.values()];
  }

  /** The pool for a demand. The first demand of its kind creates it. */
  pool(demand: CapacityDemand): CapacityPool {
    const key = capacityKey(demand, this.region);
    if (demand.isFallback !== true) this.firstChoices.set(key, demand);
    this.areImagesFixed &&= demand.isImageFixed === true;
    const existing = this.pools.get(key);
    if (existing !== undefined) return existing;
    const environment = this.createEnvironment(key, demand);
    const pool = { environment, queue: this.createQueue(key, environment) };
    this.pools.set(key, pool);
    return pool;
  }

  private createEnvironment(key: string, demand: CapacityDemand): BatchComputeEnvironment {
    const { stackName, network, maxVcpus, tags } = this.props;
    const template = this.launchTemplate(demand);
    const role = this.findOrCreateRole();
    return new BatchComputeEnvironment(this, `${key}-environment`, {
      // A prefix, because a replacement must exist next to the old environment until the queue uses it.
      namePrefix: physicalNamePrefix(NAME_LIMITS.computeEnvironmentPrefix, stackName, key),
      type: 'MANAGED',
      state: 'ENABLED',
      // No service role: only with Batch's service-linked role can an environment be updated in place.
      computeResources: {
        type: demand.spot ? 'SPOT' : 'EC2',
        // BEST_FIT, the service's default, waits for one instance type and prevents updates in place.
        allocationStrategy: demand.spot ? 'SPOT_PRICE_CAPACITY_OPTIMIZED' : 'BEST_FIT_PROGRESSIVE',
        minVcpus: this.minVcpus(key),
        maxVcpus,
        instanceType: this.instanceTypes(demand),
        subnets: network.subnetIds,
        securityGroupIds: this.securityGroupIds(demand),
        instanceRole: role.profile.arn,
        // Explicit, because the provider's default is Amazon Linux 2, which AWS Batch no longer accepts.
        ec2Configuration: [
          { imageType: demand.gpu ? 'ECS_AL2023_NVIDIA' : 'ECS_AL2023', ...this.machineImage(demand) },
        ],
        launchTemplate: {
          launchTemplateId: template.id,
          // The version number, not $Latest: AWS Batch resolves $Latest once, when it creates the environment.
          version: Token.asString(template.latestVersion),
        },
        tags: { ...nameTag(stackName, 'batch'), ...literals(tags) },
      },
      // When instances are replaced, running jobs get six hours, the maximum in AWS Batch, instead of its default of 30 minutes:
      // https://docs.aws.amazon.com/batch/latest/APIReference/API_UpdatePolicy.html
      updatePolicy: { terminateJobsOnUpdate: false, jobExecutionTimeoutMinutes: 360 },
      lifecycle: { createBeforeDestroy: true },
      // When the stack is destroyed, the role must outlive the environment, which stays in DELETING without it.
      dependsOn: role.role.dependencies,
    });
  }

  /** Known at the end of synthesis: a later job can make a fallback the first choice. */
  private minVcpus(key: string): number {
    const { minVcpus } = this.props;
    return minVcpus === 0 ? 0 : Lazy.numberValue({ produce: () => (this.firstChoices.has(key) ? minVcpus : 0) });
  }

  /** Loaded only if needed: by default AWS Batch chooses the image. */
  private machineImage(demand: CapacityDemand): { imageIdOverride?: string } {
    const { useLatestMachineImage, machineImageId } = this.props;
    if (useLatestMachineImage !== true && machineImageId === undefined) return {};
    const { machineImageOf, readLatestMachineImage } = require('./machine-image') as typeof import('./machine-image');
    const id = useLatestMachineImage ? readLatestMachineImage(this, demand) : machineImageOf(machineImageId, demand);
    return id === undefined ? {} : { imageIdOverride: id };
  }

  /**
   * The instance types of the demand, or the defaults: an explicit list if the region's offerings are known, otherwise found during plan.
   */
  private instanceTypes(demand: CapacityDemand): string[] {
    const known = knownInstanceTypes(demand, this.region);
    if (known !== undefined) return [...known];
    // Loaded only if needed: most configs state the region.
    const { readOfferedFamilies } = require('./offered-families') as typeof import('./offered-families');
    this.gpuTypes ??= readOfferedFamilies(this, 'GpuOfferings', [GPU_DEFAULTS, OLDER_GPU_DEFAULTS]);
    return this.gpuTypes;
  }

  /**
   * The network's security groups, or a separate group for jobs that connect to resources that need an ingress rule. If the network's are
   * chosen by somebody, instances have these and the separate group, which allows nothing else.
   */
  private securityGroupIds({ ingressRules = [] }: CapacityDemand): string[] {
    const { network } = this.props;
    const key = ingressRulesKey(ingressRules);
    if (key === undefined) return network.securityGroupIds;
    const { id } = this.allowedGroup(key, ingressRules).securityGroup;
    return network.keepsSecurityGroups ? [...network.securityGroupIds, id] : [id];
  }

  private allowedGroup(key: string, ingressRules: readonly IngressRule[]): AllowedSecurityGroup {
    const { network, stackName } = this.props;
    // Loaded only if needed: most jobs connect to no database.
    const { AllowedSecurityGroup } = require('./allowed-security-group') as typeof import('./allowed-security-group');
    const existing = this.node.tryFindChild(key);
    if (existing instanceof AllowedSecurityGroup) return existing;
    const onlyTheirs = network.keepsSecurityGroups;
    return new AllowedSecurityGroup(this, key, { stackName, vpcId: network.vpcId, ingressRules, onlyTheirs });
  }

  private createQueue(key: string, environment: BatchComputeEnvironment): BatchJobQueue {
    return new BatchJobQueue(this, `${key}-queue`, {
      name: physicalName(NAME_LIMITS.jobQueue, this.props.stackName, key),
      state: 'ENABLED',
      priority: 1,
      computeEnvironmentOrder: [{ order: 1, computeEnvironment: environment.arn }],
      // An unused queue is deleted only after the state machines use another one.
      lifecycle: { createBeforeDestroy: true },
      jobStateTimeLimitAction: NEVER_PLACED.map((reason) => ({
        reason,
        state: 'RUNNABLE',
        maxTimeSeconds: CANCEL_AFTER_SECONDS,
        action: 'CANCEL',
      })),
    });
  }

  /** The launch template of a demand's instances: one for those with an instance store, one for all others. */
  private launchTemplate({ instanceStore = false }: CapacityDemand): LaunchTemplate {
    const { stackName, aws, rootVolumeGb, rootVolumeIops, rootVolumeThroughputMibps, tags, userData } = this.props;
    const id = instanceStore ? 'InstanceStoreLaunchTemplate' : 'LaunchTemplate';
    const existing = this.templates.get(id);
    if (existing !== undefined) return existing;
    const template = createJobLaunchTemplate(this, id, {
      stackName,
      aws,
      rootVolumeGb,
      rootVolumeIops,
      rootVolumeThroughputMibps,
      instanceStore,
      tags,
      pullOnce: () => this.areImagesFixed,
      userData,
    });
    this.templates.set(id, template);
    return template;
  }

  private findOrCreateRole(): InstanceRole {
    const { stackName, aws } = this.props;
    this.instanceRole ??= new InstanceRole(this, 'InstanceRole', { stackName, aws });
    return this.instanceRole;
  }
}

/** Name of a kind of capacity, such as `spot-cpu-x86-64`. A custom list of instance types adds a hash, and so do ingress rules. The instance store adds `store`. */
export function capacityKey(demand: CapacityDemand, region?: string): string {
  const { spot, gpu, architecture } = demand;
  const kind = [spot ? 'spot' : 'on-demand', gpu ? 'gpu' : 'cpu', architecture.replace('_', '-')].join('-');
  const list = demand.instanceTypes && knownInstanceTypes(demand, region)?.join();
  const isDefault =
    list === undefined || list === knownInstanceTypes({ ...demand, instanceTypes: undefined }, region)?.join();
  const store = demand.instanceStore ? 'store' : undefined;
  return [kind, store, isDefault ? undefined : shortHash(list), ingressRulesKey(demand.ingressRules)]
    .filter((part) => part !== undefined)
    .join('-');
}

/** Name of a set of ingress rules, or undefined for an empty set. */
function ingressRulesKey(ingressRules: readonly IngressRule[] = []): string | undefined {
  if (ingressRules.length === 0) return undefined;
  return `to-${shortHash([...new Set(ingressRules.map(({ key }) => key))].sort().join('\n'))}`;
}

/** Sorted. Undefined for GPU jobs without a list in a region whose offerings are unknown here. */
function knownInstanceTypes(
  { gpu, architecture, instanceTypes }: CapacityDemand,
  region: string | undefined,
): readonly string[] | undefined {
  if (instanceTypes === undefined && gpu && (region === undefined || familiesIn(region) === undefined))
    return undefined;
  return [...new Set(instanceTypes ?? defaultInstanceTypes({ gpu, architecture, region }))].sort();
}
