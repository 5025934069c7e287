import type { TerraformResource } from 'cdktf';
import type { BatchJob } from '../../modules/batch-job';
import type { CapacityPool } from '../../modules/compute/capacity';
import { dearestHour } from '../../modules/compute/dearest-hour';
import { rootVolumeHour } from '../../modules/compute/instance-extras';
import { keptInstances } from '../../modules/compute/kept-price';
import { type Landing, landing, savings, type TooSmall } from '../../modules/compute/landing';
import { retryPlanOf } from '../../modules/orchestration/retry-plan';
import { counted, formatCount } from '../../modules/problems/phrases';
import { type FitRequest, unknownEntries } from '../../modules/rules/instance-fit';
import {
  HOURS_A_MONTH,
  hourlyPrice,
  type InstancePrices,
  isOldPriceList,
  PRICE_LIST,
} from '../../modules/rules/prices';
import { SERVICE_PRICE_LIST, SERVICE_PRICES } from '../../modules/rules/service-prices';
import type { BatchJobsStack } from '../../modules/stack';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import type {
  EnvironmentCheck,
  IdleCheck,
  InstanceCheck,
  JobCheck,
  JobPrices,
  PriceSources,
  RunCheck,
  StackCheck,
  StandingCost,
} from '../model/stack-check';
import { knownSum } from './known-sum';
import { runTransitions } from './run-transitions';
import { type Block, type CostDocument, standingCosts } from './standing-costs';

/** What is known beyond the config. */
export interface CheckFacts {
  /** The current time. */
  readonly now: Date;
  /** The region. @default that of the config */
  readonly region?: string;
  /** On-demand prices of the stack's region, from AWS. @default the list of this package */
  readonly regional?: { readonly region: string; readonly asOf: string; readonly of: InstancePrices };
  /** Spot prices of an instance type in the stack's region, from AWS. @default unknown */
  readonly spot?: (instanceType: string) => JobPrices['spot'];
  /** How long a run takes. @default unknown, and a run has no price */
  readonly runs?: (job: string) => Pick<RunCheck, 'minutes' | 'from' | 'runs'> | undefined;
}

/** Seconds of the trigger function for a run, and its gigabytes: the price of a run includes them. */
const TRIGGER = { seconds: 0.1, gigabytes: 1 / 4 } as const;

/** Of the items function, for a run whose items succeed at once. Its seconds depend on the items: a million take 6. */
const ITEMS_INVOCATIONS = 2;

/**
 * What the jobs of a stack land on, and what the stack costs.
 *
 * @param document the stack's Terraform JSON
 */
export function stackCheck(
  stack: BatchJobsStack,
  config: ResolvedConfig,
  document: CostDocument,
  facts: CheckFacts,
): StackCheck {
  const prices = facts.regional?.of ?? hourlyPrice;
  const region = facts.region ?? config.region;
  const checker = new Checker(config, document, prices, facts);
  const jobs = Object.entries(config.resources).flatMap(([name, resource]) => {
    const job = stack.jobs.get(name);
    return resource.type === 'batch-job' && job !== undefined ? [{ name, properties: resource.properties, job }] : [];
  });
  const environments = [...stack.platform.capacity.pools].map(
    ([name, pool]): Environment => ({
      name,
      pool,
      jobs: jobs.filter(({ job }) => job.pool === pool || job.onDemandPool === pool),
      isFallback: !jobs.some(({ job }) => job.pool === pool),
    }),
  );
  const environmentChecks = environments.map((environment) => checker.environment(environment));
  const atMost = knownSum(environmentChecks.map(({ dearest }) => dearest?.hourly));
  return {
    stack: config.stackName,
    ...(region !== undefined && { region }),
    prices: sources(facts),
    jobs: jobs.map((job) => checker.job(job)),
    environments: environmentChecks,
    ...(atMost !== undefined && { atMost }),
    idle: checker.idle(environments),
  };
}

interface Job {
  readonly name: string;
  readonly properties: ResolvedBatchJobProps;
  readonly job: BatchJob;
}

interface Environment {
  readonly name: string;
  readonly pool: CapacityPool;
  readonly jobs: readonly Job[];
  readonly isFallback: boolean;
}

function sources({ now, regional }: CheckFacts): PriceSources {
  const instances =
    regional === undefined
      ? ({ from: 'list', ...PRICE_LIST } as const)
      : ({ from: 'aws', region: regional.region, asOf: regional.asOf } as const);
  const used = [SERVICE_PRICE_LIST.asOf, ...(regional === undefined ? [PRICE_LIST.asOf] : [])];
  return { instances, services: SERVICE_PRICE_LIST, isOld: used.some((asOf) => isOldPriceList(asOf, now)) };
}

/** Checks the parts of one stack with the same prices. */
class Checker {
  private readonly rootVolume: number | undefined;

  constructor(
    private readonly config: ResolvedConfig,
    private readonly document: CostDocument,
    private readonly prices: InstancePrices,
    private readonly facts: CheckFacts,
  ) {
    const { rootVolumeGb, rootVolumeIops: iops, rootVolumeThroughputMibps: throughput } = config.compute;
    const isKnown = [rootVolumeGb, iops ?? 1, throughput ?? 1].every(isCount);
    this.rootVolume = isKnown ? rootVolumeHour(config.compute) : undefined;
  }

  job({ name, properties, job }: Job): JobCheck {
    const { cpu, memory, gpu, architecture, useInstanceStore = false } = properties.resources;
    const request = {
      cpu,
      memory,
      ...(gpu !== undefined && { gpu }),
      architecture,
      isSpot: properties.useSpotInstances,
      thenOnDemand: job.onDemandPool !== undefined,
      useInstanceStore,
    };
    if (![cpu, memory, gpu ?? 1].every(isCount)) {
      return { job: name, request, instances: [], isSure: false, savings: [] };
    }
    const fit = this.request(properties);
    const unknownTypes = unknownEntries(fit);
    const landed = landing(fit, this.prices);
    const price = this.price(landed, job.pool, properties.useSpotInstances);
    const run = price === undefined ? undefined : this.run(job, properties, price);
    return {
      job: name,
      request,
      instances: landed.types.map(({ name: instanceType, ...rest }): InstanceCheck => ({ instanceType, ...rest })),
      ...(unknownTypes.length > 0 && { unknownTypes }),
      isSure: landed.isSure,
      ...(landed.tooSmall && { notSmaller: notSmaller(landed.tooSmall, fit) }),
      ...(price && { price }),
      savings: savings(fit, this.prices),
      ...this.moreMemory(properties, fit),
      ...(run && { run }),
    };
  }

  /** Where the attempts land that follow one that was killed for memory. */
  private moreMemory(properties: ResolvedBatchJobProps, fit: FitRequest): Pick<JobCheck, 'moreMemory'> {
    const { memoryLevels } = retryPlanOf(properties);
    const maxMemory = properties.retryConfig.onOutOfMemory?.maxMemory ?? 0;
    if (memoryLevels === undefined) return {};
    const levels = memoryLevels.slice(1).map((memory) => {
      const { cheapest, types } = landing({ ...fit, memory }, this.prices);
      const instanceType = cheapest?.name ?? types[0]?.name;
      return {
        memory,
        ...(instanceType !== undefined && { instanceType }),
        ...(cheapest && { hourly: cheapest.hourly }),
      };
    });
    const isReached = (memoryLevels.at(-1) ?? 0) >= maxMemory;
    return { moreMemory: { levels, ...(!isReached && { unreached: maxMemory }) } };
  }

  environment({ name, pool, jobs, isFallback }: Environment): EnvironmentCheck {
    const { type, max_vcpus: maxVcpus, min_vcpus: minVcpus } = this.computeOf(pool);
    const requests = jobs.map(({ properties }) => properties);
    const isKnown = requests.every(({ resources: { cpu, memory, gpu = 1 } }) => [cpu, memory, gpu].every(isCount));
    const hour =
      isCount(maxVcpus) && isKnown
        ? dearestHour(
            requests.map((properties) => this.request(properties)),
            maxVcpus,
            this.prices,
            minVcpus !== 0,
          )
        : undefined;
    return {
      name,
      jobs: jobs.map((job) => job.name),
      isSpot: type === 'SPOT',
      isFallback,
      ...(isCount(maxVcpus) && { maxVcpus }),
      ...((isCount(minVcpus) || minVcpus === 0) && { minVcpus: minVcpus as number }),
      ...(hour && ('hourly' in hour ? { dearest: hour } : { unpriced: hour.unpriced })),
    };
  }

  idle(environments: readonly Environment[]): IdleCheck {
    const costs = [...environments.flatMap((environment) => this.kept(environment)), ...standingCosts(this.document)];
    const monthly = knownSum(costs.map((each) => each.monthly));
    const known = costs.reduce((sum, { monthly: each = 0 }) => sum + each, 0);
    // Dearest first, and what is unknown before all.
    const order = ({ monthly: each = Number.POSITIVE_INFINITY }: StandingCost) => each;
    const sorted = [...costs].sort((a, b) => (order(a) === order(b) ? 0 : order(b) - order(a)));
    return { costs: sorted, ...(monthly !== undefined && { monthly }), known };
  }

  /** The instances that an environment keeps running, with their volumes and addresses. */
  private kept({ name, pool, jobs }: Environment): StandingCost[] {
    const { min_vcpus: minVcpus, type } = this.computeOf(pool);
    const what = `instance that ${name} keeps running`;
    const paid = type === 'SPOT' ? ', at its on-demand price: Spot costs up to 90% less' : '';
    if (minVcpus === 0 || minVcpus === undefined) return [];
    const [first] = jobs;
    const demand = first && { ...first.properties.resources, gpu: first.properties.resources.gpu !== undefined };
    const kept =
      isCount(minVcpus) && demand ? keptInstances(demand, minVcpus, this.config.region, this.prices) : undefined;
    if (kept === undefined) return [{ what, count: 1, why: 'its instance types have no known price' }];
    const { instances: count, instanceType, hourly } = kept;
    const address = this.address(pool);
    const monthly = (each: number | undefined, why: string) =>
      each === undefined ? { why } : { monthly: count * each * HOURS_A_MONTH };
    return [
      { what: `${what} (${instanceType})${paid}`, count, monthly: hourly * HOURS_A_MONTH },
      { what: `root volume of ${name}`, count, ...monthly(this.rootVolume, 'its size is known at deployment') },
      ...(address === 0
        ? []
        : [{ what: `public IPv4 address of ${name}`, count, ...monthly(address, 'it depends on the subnets') }]),
    ];
  }

  private price({ cheapest, fullHourly }: Landing, pool: CapacityPool, isSpot: boolean): JobPrices | undefined {
    if (cheapest === undefined || fullHourly === undefined) return undefined;
    const address = this.address(pool);
    const spot = isSpot ? this.facts.spot?.(cheapest.name) : undefined;
    return {
      instanceType: cheapest.name,
      alone: cheapest.hourly,
      full: fullHourly,
      ...(this.rootVolume !== undefined && { rootVolume: this.rootVolume }),
      ...(address !== undefined && { address }),
      ...(spot && { spot }),
    };
  }

  private run(
    { name, connectionStrings }: BatchJob,
    job: ResolvedBatchJobProps,
    price: JobPrices,
  ): RunCheck | undefined {
    const duration = this.facts.runs?.(name);
    const isItem = job.forEach !== undefined;
    // How long a run took says nothing about one of its items.
    if (duration === undefined || (isItem && duration.from === 'measured')) return undefined;
    const hours = duration.minutes / 60;
    const { stateTransition, lambdaRequest, lambdaGbSecond } = SERVICE_PRICES;
    const writesStrings = connectionStrings !== undefined;
    const invocations = 1 + (isItem ? ITEMS_INVOCATIONS : 0) + (writesStrings ? 1 : 0);
    const services =
      (runTransitions({ ...job, writesStrings }) * stateTransition.dollars + invocations * lambdaRequest.dollars) /
        1e6 +
      TRIGGER.seconds * TRIGGER.gigabytes * lambdaGbSecond.dollars;
    const instance = price.alone * hours;
    const rootVolume = price.rootVolume === undefined ? undefined : price.rootVolume * hours;
    const address = price.address === undefined ? undefined : price.address * hours;
    const isWhole = rootVolume !== undefined && address !== undefined;
    return {
      ...duration,
      ...(isItem && { isItem }),
      ...(isWhole && { alone: instance + rootVolume + address + (isItem ? 0 : services) }),
      instance,
      ...(rootVolume !== undefined && { rootVolume }),
      ...(address !== undefined && { address }),
      services,
    };
  }

  /** US dollars per hour of an instance's public address: 0 in private subnets. Undefined if the stack doesn't make the subnets. */
  private address(pool: CapacityPool): number | undefined {
    const { subnets } = this.computeOf(pool);
    if (!Array.isArray(subnets) || subnets.length === 0) return undefined;
    const made = subnets.map((subnet) => {
      const [, id = ''] = /^\$\{aws_subnet\.([\w-]+)\.id\}$/.exec(String(subnet)) ?? [];
      return this.document.resource?.aws_subnet?.[id];
    });
    if (made.includes(undefined)) return undefined;
    return made.some((subnet) => subnet?.map_public_ip_on_launch === true) ? SERVICE_PRICES.address.dollars : 0;
  }

  private computeOf({ environment }: CapacityPool): Block {
    const block = this.document.resource?.aws_batch_compute_environment?.[idOf(environment)];
    return (block?.compute_resources ?? {}) as Block;
  }

  private request({ resources }: ResolvedBatchJobProps): FitRequest {
    const { compute, region } = this.config;
    return { ...resources, maxVcpus: compute.maxVcpus, region };
  }
}

function idOf({ friendlyUniqueId }: TerraformResource): string {
  return friendlyUniqueId;
}

/** Whether a number is known now. A program can give it as a token, a negative number or a string. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

function notSmaller({ name, lacks, has, memory }: TooSmall, { cpu, memory: asked, gpu = 0 }: FitRequest): string {
  if (lacks === 'GPUs') return `${name} has ${counted(has, 'GPU')}, and the job asks for ${gpu}.`;
  if (lacks === 'vCPUs') return `${name} has ${counted(has, 'vCPU')}, and the job asks for ${cpu}.`;
  return `${name} leaves ${formatCount(has)} of its ${formatCount(memory)} MiB to jobs, and the job asks for ${formatCount(asked)}.`;
}
