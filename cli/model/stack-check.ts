import type { DearestHour } from '../../modules/compute/dearest-hour';
import type { LandingType } from '../../modules/compute/landing';

/** What a stack runs on and what it costs, before it is deployed. All of it is JSON. A price that is unknown is absent, and never 0. */
export interface StackCheck {
  readonly stack: string;
  /** The region, if it is known before the deployment. */
  readonly region?: string;
  readonly prices: PriceSources;
  readonly jobs: readonly JobCheck[];
  readonly environments: readonly EnvironmentCheck[];
  /** The dearest hour of all environments at once, in US dollars. Absent if one of them is unknown. */
  readonly atMost?: number;
  readonly idle: IdleCheck;
}

/** Where prices are from. */
export interface PriceSources {
  /** Of instances. `list`: the table of this package. `aws`: AWS's Price List API, for the stack's region. */
  readonly instances: { readonly from: 'list' | 'aws'; readonly region: string; readonly asOf: string };
  /** Of everything else. */
  readonly services: { readonly region: string; readonly asOf: string };
  /** Whether one of the tables of this package that were used is from more than 180 days ago. */
  readonly isOld: boolean;
}

/** A job: what it can land on, and what it costs there. */
export interface JobCheck {
  readonly job: string;
  readonly request: JobRequest;
  /** Smallest first. Empty if no known type fits, or if it isn't known here what the job can land on. */
  readonly instances: readonly InstanceCheck[];
  /** Entries of `instanceTypes` that the table of types does not have: because of them, {@link instances} are unknown. */
  readonly unknownTypes?: readonly string[];
  /** Whether the job surely fits on {@link instances}: its memory is not between what surely and what never fits. */
  readonly isSure: boolean;
  /** Why it doesn't run on a smaller one, as a sentence. Absent if the list of types has none. */
  readonly notSmaller?: string;
  readonly price?: JobPrices;
  readonly savings: readonly SavingCheck[];
  /** Where attempts land that follow one that was killed for memory. Absent if they get no more. */
  readonly moreMemory?: MoreMemoryCheck;
  /** What a run costs, if its duration is known. */
  readonly run?: RunCheck;
}

/** What a job asks for. */
export interface JobRequest {
  readonly cpu: number;
  /** MiB. */
  readonly memory: number;
  readonly gpu?: number;
  readonly architecture: 'x86_64' | 'arm64';
  readonly isSpot: boolean;
  /** Whether an attempt moves to on-demand instances when its Spot restarts are used up. */
  readonly thenOnDemand: boolean;
  readonly useInstanceStore: boolean;
}

/** An instance type that a job can land on, and what is left of it when it is full of such jobs. */
export interface InstanceCheck extends Omit<LandingType, 'name'> {
  readonly instanceType: string;
}

/** Prices of a job in US dollars per hour. */
export interface JobPrices {
  /** The cheapest instance that the job fits on, on demand. */
  readonly instanceType: string;
  /** The whole instance: what a job that runs alone costs. */
  readonly alone: number;
  /** Each of many such jobs, on the full instances that are cheapest for it. */
  readonly full: number;
  /** Root volume of the instance. */
  readonly rootVolume?: number;
  /** Public IPv4 address of the instance. 0 in private subnets. Absent if the subnets are not known here. */
  readonly address?: number;
  /** Spot price of {@link instanceType} in the zones of the region, from AWS. */
  readonly spot?: { readonly lowest: number; readonly highest: number };
}

/** A smaller request that lands on a cheaper instance. */
export interface SavingCheck {
  readonly property: 'memory' | 'cpu' | 'gpu';
  readonly from: number;
  readonly to: number;
  readonly instanceType: string;
  /** US dollars per hour on demand, of the whole instance. */
  readonly hourly: number;
  /** Part of the price that is saved, 0 to 1. */
  readonly share: number;
}

/** The memory of a job's further attempts, and what they cost there. */
export interface MoreMemoryCheck {
  /** From the least. Empty if only Terraform knows the job's size. */
  readonly levels: readonly MemoryLevelCheck[];
  /** MiB of `maxMemory`, if the attempts are too few to reach it. */
  readonly unreached?: number;
}

/** One memory of further attempts. */
export interface MemoryLevelCheck {
  /** MiB. */
  readonly memory: number;
  /** The cheapest instance that it fits on, or the smallest if no price is known. Absent if no type is known. */
  readonly instanceType?: string;
  /** US dollars per hour on demand, of the whole instance. Absent if it is unknown. */
  readonly hourly?: number;
}

/** What a run costs in US dollars, if it succeeds at once. Of a job with `forEach`, what an item costs. */
export interface RunCheck {
  /** Whether it is the price of one item: {@link services} are those of a run, which its items share, and not in {@link alone}. */
  readonly isItem?: true;
  readonly minutes: number;
  /** `given` by an option, or the median of the newest runs in AWS. */
  readonly from: 'given' | 'measured';
  /** Runs that were measured. */
  readonly runs?: number;
  /** Alone on the instance, on demand: {@link instance}, {@link rootVolume}, {@link address} and {@link services}. Absent if one of them is unknown. */
  readonly alone?: number;
  readonly instance: number;
  readonly rootVolume?: number;
  readonly address?: number;
  /** Step Functions and Lambda. */
  readonly services: number;
}

/** A compute environment. */
export interface EnvironmentCheck {
  /** `spot-cpu-x86-64` */
  readonly name: string;
  readonly jobs: readonly string[];
  readonly isSpot: boolean;
  /** Whether jobs come here only after Spot interruptions. */
  readonly isFallback: boolean;
  /** Absent if only Terraform knows it. */
  readonly maxVcpus?: number;
  readonly minVcpus?: number;
  /** The dearest mix of instances that can run at once, on demand. Absent if a price is unknown. */
  readonly dearest?: DearestHour;
  /** Instance types and families without a known price, if {@link dearest} is absent because of them. */
  readonly unpriced?: readonly string[];
}

/** What the stack costs by the month while nothing runs. */
export interface IdleCheck {
  /** What is unknown first, then the dearest. */
  readonly costs: readonly StandingCost[];
  /** US dollars. Absent if one of the costs is unknown. */
  readonly monthly?: number;
  /** US dollars of the costs that are known. */
  readonly known: number;
}

/** Something that costs by the hour or the month. */
export interface StandingCost {
  /** Singular: `NAT gateway`. */
  readonly what: string;
  readonly count: number;
  /** US dollars for all of {@link count}. Absent if it is unknown. */
  readonly monthly?: number;
  /** Why it is unknown. */
  readonly why?: string;
}
