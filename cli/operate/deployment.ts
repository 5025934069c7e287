import { REGION_FORM } from '../../modules/config/identity';
import {
  functionName,
  jobDefinitionName,
  jobLogGroupName,
  stateMachineName,
  triggerFunctionName,
  undeliveredEventsName,
} from '../../modules/rules/job-names';
import { nameStart } from '../../modules/rules/naming';
import { partitionOf } from '../../modules/rules/partitions';
import type { ResolvedBatchJobProps } from '../../modules/stack-config/batch-job';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import type { ResourceOf } from '../../modules/stack-config/resources';
import { awsCredentials } from '../command/aws-credentials';
import { CommandFailure } from '../command/reported-error';
import { unknownJob } from '../command/unknown-job';
import { UsageError } from '../command/usage-error';
import { Clients } from './aws/clients';
import { AwsFault } from './aws/fault';
import type { AwsOptions } from './options';

/** A job of the config, and the names that it has in AWS. */
export interface DeployedJob {
  readonly name: string;
  readonly properties: ResolvedBatchJobProps;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  /** Without a revision. */
  readonly jobDefinitionName: string;
  readonly triggerFunctionName: string;
  /** Undefined if the job's logging is disabled. */
  readonly logGroupName?: string;
}

/** A function of the config that the stack creates, and the name that it has in AWS. */
export interface DeployedFunction {
  readonly name: string;
  readonly properties: NonNullable<ResourceOf<'function'>['properties']>;
  readonly functionName: string;
}

/** Where a stack is deployed, and how patiently AWS is asked. */
export interface DeploymentOptions extends Pick<AwsOptions, 'region' | 'profile'> {
  /** Tries of a request that AWS throttles. @default 10, for up to about a minute */
  readonly maxAttempts?: number;
}

/** A stack of a config as it is deployed in one account and region, found by the names that the config gives. */
export class Deployment {
  /** The jobs of the config, by name. */
  readonly jobs: ReadonlyMap<string, DeployedJob>;
  /** The functions of the config that the stack creates, by name. */
  readonly functions: ReadonlyMap<string, DeployedFunction>;
  readonly stackName: string;
  /** The start of every physical name. */
  readonly nameStart: string;

  constructor(
    /** Absolute path of the config. */
    readonly file: string,
    readonly config: ResolvedConfig,
    readonly region: string,
    readonly account: string,
    readonly clients: Clients,
  ) {
    this.stackName = config.stackName;
    this.nameStart = nameStart(config);
    this.jobs = new Map(
      Object.entries(config.resources).flatMap(([name, item]) =>
        item.type === 'batch-job' ? [[name, this.job(name, item.properties, item.overrides)]] : [],
      ),
    );
    this.functions = new Map(
      Object.entries(config.resources).flatMap(([name, item]) => {
        if (item.type !== 'function' || item.properties === undefined) return [];
        const { properties, overrides } = item;
        return [[name, { name, properties, functionName: this.functionName(name, overrides) }]];
      }),
    );
  }

  /**
   * Reads the config, and finds out which account the credentials belong to.
   *
   * @throws ConfigError if the config has problems
   * @throws UsageError if the region or the credentials are unknown
   */
  static async open(options: DeploymentOptions): Promise<Deployment> {
    selectProfile(options);
    const { loadConfig } = require('../../modules/load') as typeof import('../../modules/load');
    return Deployment.of(await loadConfig(), options);
  }

  /**
   * Finds out which account the credentials belong to.
   *
   * @throws UsageError if the region or the credentials are unknown
   */
  static async of(
    { file, config }: Pick<LoadedConfig, 'file' | 'config'>,
    { region: given, profile, maxAttempts }: DeploymentOptions,
  ): Promise<Deployment> {
    const region = given ?? config.region;
    if (region === undefined) {
      throw new UsageError('The AWS region is unknown. Set --region, region in the config, or AWS_REGION.');
    }
    if (!REGION_FORM.pattern.test(region)) {
      throw new UsageError(
        `${JSON.stringify(region)} is not a region of AWS. Set --region to a code such as eu-west-1.`,
      );
    }
    const { AWS_ENDPOINT_URL: endpoint } = process.env;
    if (endpoint && !URL.canParse(endpoint)) {
      throw new UsageError(`AWS_ENDPOINT_URL is ${JSON.stringify(endpoint)}, which is not a URL. Correct or unset it.`);
    }
    const clients = new Clients(region, awsCredentials(profile), maxAttempts);
    const account = await accountOf(clients);
    const { allowedAccountIds } = config;
    if (allowedAccountIds !== undefined && !allowedAccountIds.includes(account)) {
      clients.close();
      const allowed = allowedAccountIds.join(', ');
      throw new UsageError(
        `The credentials are of account ${account}, and allowedAccountIds of the config has ${allowed}. Select others with --profile.`,
      );
    }
    return new Deployment(file, config, region, account, clients);
  }

  /** The AWS partition: `aws`, `aws-cn`, `aws-us-gov`. */
  get partition(): string {
    return partitionOf(this.region);
  }

  get undeliveredEventsName(): string {
    return undeliveredEventsName(this.nameStart);
  }

  /** ARN of something in this account and region. */
  arn(service: string, resource: string): string {
    return `arn:${this.partition}:${service}:${this.region}:${this.account}:${resource}`;
  }

  /** @throws UsageError if the config has no such job */
  jobNamed(name: string): DeployedJob {
    const job = this.jobs.get(name);
    if (job !== undefined) return job;
    throw unknownJob(this.stackName, name, [...this.jobs.keys()]);
  }

  /** What to say if AWS has none of the things that a command asked for. */
  notDeployed(what?: string): CommandFailure {
    const place = `account ${this.account} in ${this.region}`;
    const text =
      what === undefined
        ? `Nothing of stack ${this.stackName} is deployed in ${place}.`
        : `${what} of stack ${this.stackName} is not deployed in ${place}.`;
    return new CommandFailure(`${text} Deploy the stack, or select where it is with --region or --profile.`);
  }

  /**
   * The result of a request about something of a job, or the error that the job is not deployed.
   *
   * @param codes AWS's names for "there is no such thing"
   */
  async ofDeployed<T>(what: string, codes: readonly string[], request: Promise<T>): Promise<T> {
    try {
      return await request;
    } catch (error) {
      throw error instanceof AwsFault && codes.includes(error.code) ? this.notDeployed(what) : error;
    }
  }

  private functionName(name: string, overrides: Overrides = {}): string {
    const value = overrides.Function?.function_name;
    return typeof value === 'string' ? value : functionName(this.nameStart, name);
  }

  private job(name: string, properties: ResolvedBatchJobProps, overrides: Overrides = {}): DeployedJob {
    const start = this.nameStart;
    const own = (resource: string, attribute: string, otherwise: string) => {
      const value = overrides[resource]?.[attribute];
      return typeof value === 'string' ? value : otherwise;
    };
    const machine = own('StateMachine', 'name', stateMachineName(start, name));
    return {
      name,
      properties,
      stateMachineName: machine,
      stateMachineArn: this.arn('states', `stateMachine:${machine}`),
      jobDefinitionName: own('JobDefinition', 'name', jobDefinitionName(start, name)),
      triggerFunctionName: own('TriggerFunction', 'function_name', triggerFunctionName(start, name)),
      logGroupName: properties.logging.disabled ? undefined : own('LogGroup', 'name', jobLogGroupName(start, name)),
    };
  }
}

type Overrides = { readonly [resource: string]: { readonly [attribute: string]: unknown } };

/** Does some work with a deployment, and closes its connections, which would keep the process alive. */
export async function withDeployment<T>(
  options: DeploymentOptions,
  work: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  const deployment = await Deployment.open(options);
  try {
    return await work(deployment);
  } finally {
    deployment.clients.close();
  }
}

/** The region of a config without one is the profile's. */
function selectProfile({ profile }: DeploymentOptions): void {
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
}

/** The account that the credentials of clients belong to. */
async function accountOf({ sts }: Pick<Clients, 'sts'>): Promise<string> {
  const { GetCallerIdentityCommand } = require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts');
  const { Account = '' } = await sts.send(new GetCallerIdentityCommand({}));
  return Account;
}
