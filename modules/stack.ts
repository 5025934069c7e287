import { basename, dirname } from 'node:path';
import { Lazy, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { earlierJobs, eventSource } from '../triggers/event-sources';
import type { JobEvent } from '../triggers/events';
import { createTrigger } from '../triggers/trigger';
import { alarmSources, functionAlarmSources } from './alarm-sources';
import { BatchJob } from './batch-job';
import { BatchPlatform } from './batch-platform';
import type { CloudFormationResources } from './cloudformation/cloudformation-resources';
import { secretNames, usedAttributes } from './cloudformation/template';
import { type ConnectEntry, connectEntry } from './config/connect-to';
import type { Volume } from './config/volumes';
import type { BuildContext } from './container/build-context';
import { buildContexts } from './container/build-plan';
import type { Network } from './network/network';
import { NetworkOnDemand } from './network/network-on-demand';
import { notificationSources } from './notification-sources';
import { CollectedProblems } from './problems/collected-problems';
import { ConfigError } from './problems/config-error';
import type { LocatedFinding } from './problems/problem';
import { cycleProblems } from './reference-cycles';
import { type CatalogEntry, ResourceCatalog } from './resources/catalog';
import type { CompanionContext } from './resources/companion';
import type { ConnectSource } from './resources/connect';
import type { VolumeSource } from './resources/efs-filesystem/volume';
import { FUNCTION } from './resources/function';
import type { FunctionResource } from './resources/function/resource';
import { outputsOf } from './resources/referables';
import { type CompanionConfig, createCompanion, withoutNames } from './resources/registry';
import { SNS_TOPIC } from './resources/sns-topic';
import { nameStart } from './rules/naming';
import { completedConfig } from './stack-config/completed-config';
import type { ResolvedConfig } from './stack-config/config';
import type { LoadedConfig } from './stack-config/loaded-config';
import type { Resource, ResourceOf } from './stack-config/resources';
import { madeFor } from './stack-config/synthesis-problems';
import type { WrittenConfig } from './stack-config/written';
import { createBackend, createProviders } from './stack-providers';
import { watchSums } from './sums/watch';
import { literals } from './terraform/literal';
import { ownFiles } from './terraform/own-files';
import { attemptChecks, checkAtSynthesis } from './terraform/synthesis-checks';
import { sharedAddresses } from './terraform/unique-addresses';

/** Options of {@link BatchJobsStack}. */
export interface StackOptions {
  /** Folder that paths in the config are relative to. @default the folder of the file that loadConfig read, otherwise the current folder */
  readonly baseDir?: string;
  /** Path of the config file. Excluded from images, so that a change to a schedule builds none. @default the file that loadConfig read */
  readonly configFile?: string;
}

/**
 * A whole config as a Terraform stack, with its providers, backend and outputs.
 *
 * @example
 * import { App } from 'cdktf';
 * import { BatchJobsStack, defineConfig } from 'cdktf-batch-jobs';
 *
 * const config = defineConfig({
 *   stackName: 'reports',
 *   region: 'eu-west-1',
 *   resources: {
 *     nightlyReport: {
 *       type: 'batch-job',
 *       properties: {
 *         container: { packaging: { type: 'prebuilt-image', properties: { image: 'public.ecr.aws/docker/library/busybox:1.37' } } },
 *         resources: { cpu: 2, memory: 1800 },
 *       },
 *     },
 *   },
 * });
 * const app = new App();
 * new BatchJobsStack(app, config);
 * app.synth();
 */
export class BatchJobsStack extends TerraformStack {
  readonly platform: BatchPlatform;
  /**
   * Build contexts of the jobs' images, by job name. Excludes jobs with a prebuilt image.
   *
   * @internal
   */
  readonly buildContexts: ReadonlyMap<string, BuildContext>;
  /** The batch jobs, by name. */
  readonly jobs = new Map<string, BatchJob>();
  /**
   * The triggers of the functions that have events, by the name of the function, in the order of the config.
   *
   * @internal
   */
  readonly functionTriggers = new Map<string, Construct[]>();
  private readonly catalog = new ResourceCatalog();
  private readonly problems = new CollectedProblems();
  /** Resources with problems: others are made without them, so that one report has the problems of all. */
  private readonly incomplete = new Set<string>();
  private readonly baseDir: string;
  private readonly ownFiles: readonly string[];
  private cloudFormation?: CloudFormationResources;

  /**
   * @param given the result of defineConfig or of loadConfig. Only loadConfig calls custom directives and looks up a region that the
   * config does not state.
   * @throws ConfigError with all problems of the config
   */
  constructor(scope: Construct, given: WrittenConfig | ResolvedConfig | LoadedConfig, options: StackOptions = {}) {
    const { file, config: stated } = isLoaded(given) ? given : { file: undefined, config: given };
    const { baseDir = file === undefined ? '.' : dirname(file), configFile = file } = options;
    const config = completedConfig(stated, file === undefined ? sourceOf(stated) : basename(file), {
      further: (value, found) => furtherProblems(value, found, { baseDir, configFile }),
    });
    super(scope, config.stackName);
    this.baseDir = baseDir;
    this.node.addValidation({ validate: () => sharedAddresses(this) });
    watchSums(this, (name, keys) => placeOf(name, keys, config));
    checkAtSynthesis(this, () => this.refuseCycles(config));
    createProviders(this, config);
    createBackend(this, config);
    this.createCloudFormationResources(config);
    this.ownFiles = ownFiles(this, configFile);
    const { problems, incomplete } = this;
    const part = (name: string, step: () => void) => {
      if (problems.attempt(() => [step()]) === undefined) incomplete.add(name);
    };
    this.buildContexts =
      problems.attempt(() => buildContexts(config.resources, baseDir, config.stackName, this.ownFiles)) ?? new Map();
    this.platform = this.createPlatform(config);
    this.catalog.accountId = this.platform.aws.accountId;
    this.noteSecretMakers(config);
    const resources = Object.entries(config.resources);
    for (const [name, resource] of resources) {
      if (resource.type !== 'batch-job' && resource.type !== 'function')
        part(name, () => this.createCompanion(name, resource, createCompanion));
    }
    for (const [name, resource] of resources) {
      if (resource.type === 'function') part(name, () => this.createFunction(name, resource, config));
    }
    problems.attempt(() => this.createAlarm(config));
    for (const [name, resource] of resources) {
      if (resource.type !== 'function') continue;
      for (const [index, event] of (resource.properties?.events ?? []).entries())
        part(name, () => this.createFunctionTrigger(name, event, index));
    }
    for (const [name, resource] of resources) {
      if (resource.type === 'batch-job') part(name, () => this.createJob(name, resource, config));
    }
    for (const { name, value, description } of literals(config.outputs)) {
      this.createOutput(name, this.catalog.resolve(value), description);
    }
    if (config.dashboard && !problems.any) this.createDashboard();
    // After all resources, because events add to companions and to what jobs share.
    problems.attempt(() => this.override(config));
    if (problems.any) {
      this.catalog.incomplete = true;
      attemptChecks(this, problems);
    }
    problems.report(this.node.path);
  }

  private createDashboard(): void {
    // Loaded only if needed.
    const { Dashboard } = require('./dashboard/dashboard') as typeof import('./dashboard/dashboard');
    new Dashboard(this, 'stack-dashboard', { platform: this.platform, jobs: [...this.jobs.values()] });
  }

  private override(config: ResolvedConfig): void {
    const companions = Object.values(config.resources).filter(({ type }) => type !== 'batch-job');
    if (![config, ...companions].some((part) => 'overrides' in part && part.overrides !== undefined)) return;
    // Loaded only if needed.
    const { overrideResources } = require('./stack-overrides') as typeof import('./stack-overrides');
    overrideResources(this, config, this.catalog, this.incomplete);
  }

  private refuseCycles(config: ResolvedConfig): void {
    const problems = cycleProblems(this, { config, catalog: this.catalog });
    if (problems.length > 0) throw new ConfigError(problems, this.node.path);
  }

  private createCloudFormationResources(config: ResolvedConfig): void {
    const { cloudformationResources, ...others } = config;
    if (Object.keys(cloudformationResources).length === 0) return;
    // Loaded only if needed.
    const { CloudFormationResources } =
      require('./cloudformation/cloudformation-resources') as typeof import('./cloudformation/cloudformation-resources');
    this.cloudFormation = new CloudFormationResources(this, 'cloudformation-resources', {
      stackName: nameStart(config),
      resources: cloudformationResources,
      asked: usedAttributes(others),
      resourceParam: ({ resource, param }) => this.catalog.param(resource, param),
    });
    this.catalog.attributes = this.cloudFormation;
  }

  /** Secrets that CloudFormation creates can be looked up only after it created them. */
  private noteSecretMakers({ cloudformationResources }: ResolvedConfig): void {
    if (this.cloudFormation === undefined) return;
    for (const name of secretNames(cloudformationResources)) {
      this.platform.aws.secretMakers.set(name, this.cloudFormation.stack);
    }
  }

  private createPlatform(config: ResolvedConfig): BatchPlatform {
    const { region, iam, encryption, compute, vpc, tags, imageBuilder } = config;
    const { baseDir, buildContexts } = this;
    const stackName = nameStart(config);
    const { securityGroupIds, ...instances } = this.catalog.resolve(compute);
    const resolvedVpc = this.catalog.resolve(vpc);
    return new BatchPlatform(this, 'batch-platform', {
      stackName,
      ...instances,
      iam,
      encryption,
      region,
      baseDir,
      imageBuilder,
      buildContexts,
      tags,
      network: new NetworkOnDemand(() => this.createNetwork(stackName, resolvedVpc, securityGroupIds)),
    });
  }

  private createNetwork(stackName: string, vpc: ResolvedConfig['vpc'], securityGroupIds?: string[]): Network {
    const { vpcId, subnetIds, cidrBlock, privateSubnets = false, egress = 'nat' } = vpc;
    // Only the one that is needed is loaded.
    if (vpcId === undefined || subnetIds === undefined) {
      const { DefaultVpc } = require('./network/default-vpc') as typeof import('./network/default-vpc');
      return new DefaultVpc(this, 'batch-network', {
        stackName,
        cidrBlock,
        egress: privateSubnets ? egress : undefined,
      });
    }
    const { ExistingVpc } = require('./network/existing-vpc') as typeof import('./network/existing-vpc');
    return new ExistingVpc(this, 'batch-network', { stackName, vpcId, subnetIds, securityGroupIds });
  }

  private createCompanion<Config extends CompanionConfig>(
    name: string,
    config: Config,
    create: (scope: Construct, id: string, config: Config, context: CompanionContext) => Construct & CatalogEntry,
  ): void {
    const { stackName, aws, network, undeliveredEvents } = this.platform;
    const context = { stackName, aws, network, undeliveredEvents, baseDir: this.baseDir };
    const make = () => create(this, name, this.catalog.resolve(withoutNames(config)), context);
    const place = ['resources', name, 'properties'];
    this.catalog.add(name, madeFor(this.pathOf(name), place, ['properties', 'existing'], make));
    if ('existing' in config && config.existing !== undefined) return;
    this.createOutputs(name, config.type, 'properties' in config ? config.properties : undefined);
  }

  /** After all other companions, because the function can connect to them. */
  private createFunction(name: string, resource: ResourceOf<'function'>, config: ResolvedConfig): void {
    const { connectTo: connected = [], alarms: stated = [] } = resource.properties ?? {};
    const connectTo = this.connectSources(connected, config);
    const alarms = this.problems.attempt(() => functionAlarmSources(stated, this.catalog)) ?? [];
    const { BundledFunction } = require('./bundled-function') as typeof import('./bundled-function');
    try {
      this.createCompanion(name, resource, (scope, id, { type: _, ...given }, context): FunctionResource => {
        const { overrides: _applied, ...own } = given;
        return new BundledFunction(scope, id, { ...context, ...own, connectTo, alarms, ownFiles: this.ownFiles });
      });
    } finally {
      const made = this.node.tryFindChild(name);
      // One with problems stands for what it will be, for its events and for what refers to it.
      if (made instanceof BundledFunction && made.target !== undefined && !this.catalog.has(name))
        this.catalog.add(name, made);
    }
  }

  private volumeSources(volumes: readonly Volume[]): VolumeSource[] {
    return (require('./volume-sources') as typeof import('./volume-sources')).volumeSources(volumes, this.catalog);
  }

  private connectSources(entries: readonly ConnectEntry[], { resources }: ResolvedConfig): ConnectSource[] {
    const { catalog, platform } = this;
    const { stackName } = platform;
    const queueArns = (job: string) => this.queueArns(job, resources[job]);
    const made = entries.filter((entry) => {
      const { name } = connectEntry(entry);
      return catalog.has(name) || !this.incomplete.has(name);
    });
    if (made.length === 0) return [];
    const { connectSources } = require('./connect-targets') as typeof import('./connect-targets');
    return connectSources(made, { stackName, resources, catalog, aws: platform.aws, queueArns });
  }

  /** As tokens, because the job can be created after the constructs that connect to it. */
  private queueArns(name: string, resource: Resource | undefined): string[] {
    const fallsBack =
      resource?.type === 'batch-job' &&
      resource.properties.useSpotInstances &&
      resource.properties.retryConfig.spotInterruption.thenOnDemand;
    return (fallsBack ? [0, 1] : [0]).map((index) =>
      Lazy.stringValue({ produce: () => this.jobs.get(name)?.queueArns[index] }),
    );
  }

  private createAlarm({ undeliveredEvents }: ResolvedConfig): void {
    if (undeliveredEvents === undefined) return;
    const { alarmTopicName, alarmTopicArn = '' } = undeliveredEvents;
    const topic = alarmTopicName === undefined ? { arn: alarmTopicArn } : this.catalog.get(alarmTopicName, SNS_TOPIC);
    this.platform.undeliveredEvents.notify(topic);
  }

  /** After all resources, because the config can define a gateway after the function that it invokes. */
  private createFunctionTrigger(name: string, event: JobEvent, index: number): void {
    const { target } = this.catalog.get(name, FUNCTION);
    if (target === undefined) return;
    const source = eventSource(event, this.catalog);
    const id = source.id ?? event.type;
    const place = ['resources', name, 'properties', 'events', index, 'properties'];
    const trigger = madeFor(`${target.node.path}/${id}`, place, [], () => createTrigger(target, id, source, target));
    this.functionTriggers.set(name, [...(this.functionTriggers.get(name) ?? []), trigger]);
  }

  private createJob(name: string, resource: ResourceOf<'batch-job'>, config: ResolvedConfig): void {
    const { problems } = this;
    const { overrides = {}, protect } = resource;
    const { events, connectTo, volumes, notifications, alarms, ...properties } = resource.properties;
    const props = {
      ...this.catalog.resolve(properties),
      overrides: this.catalog.resolve(overrides),
      protect,
      events: problems.each(events, (event) => eventSource(event, this.catalog)),
      connectTo: this.connectSources(connectTo, config),
      readsEventsOf: earlierJobs(events),
      ...(volumes !== undefined && { volumes: problems.attempt(() => this.volumeSources(volumes)) }),
      alarms: problems.attempt(() => alarmSources({ ...config.alarms, ...alarms }, this.catalog)),
      notifications: problems.attempt(() =>
        notificationSources({ ...config.notifications, ...notifications }, this.catalog),
      ),
      platform: this.platform,
    };
    const place = ['resources', name, 'properties'];
    try {
      madeFor(this.pathOf(name), place, ['overrides'], () => new BatchJob(this, name, props));
    } finally {
      const job = this.node.tryFindChild(name);
      // One with problems stands for what it will be, if it has all its parts.
      if (job instanceof BatchJob && job.isMade) {
        this.jobs.set(name, job);
        this.catalog.add(name, job);
      }
    }
    this.createOutputs(name, resource.type, resource.properties);
  }

  private pathOf(name: string): string {
    return `${this.node.path}/${name}`;
  }

  /** Values of a resource that callers need and cannot derive. */
  private createOutputs(resource: string, type: string, properties: object = {}): void {
    for (const { name, param } of outputsOf(resource, type, { ...properties })) {
      this.createOutput(name, this.catalog.param(resource, param));
    }
  }

  private createOutput(name: string, value: string, description?: string): void {
    const id = `output-${name}`;
    const same = this.node.tryFindChild(id);
    // The config can describe an output that the stack has for a resource.
    if (same instanceof TerraformOutput) same.description = description;
    else new TerraformOutput(this, id, { value, description }).overrideLogicalId(name);
  }
}

/** The problems that only construction finds, in a config that has others. Its modules are loaded only for one. */
function furtherProblems(config: unknown, found: readonly LocatedFinding[], options: StackOptions): LocatedFinding[] {
  const { constructionProblems } =
    require('./stack-config/construction-problems') as typeof import('./stack-config/construction-problems');
  const { unwrittenApp } =
    require('./terraform/stacks/unwritten-app') as typeof import('./terraform/stacks/unwritten-app');
  const make = (sound: ResolvedConfig) => new BatchJobsStack(unwrittenApp(), sound, options);
  return constructionProblems(config, found, make);
}

/** A program without types can pass anything: the checks of the config report it. */
type GivenConfig = WrittenConfig | ResolvedConfig | LoadedConfig;

function isLoaded(given: GivenConfig): given is LoadedConfig {
  return typeof given === 'object' && given !== null && 'file' in given && 'config' in given;
}

function sourceOf(given: WrittenConfig | ResolvedConfig): string {
  const stackName: unknown = given?.stackName;
  return typeof stackName === 'string' ? stackName : 'BatchJobsStack';
}

/** The path in the config of a total that is too large: one of its resources, or a shared property. */
function placeOf(name: string, keys: readonly string[], { resources }: ResolvedConfig): readonly PropertyKey[] {
  if (Object.hasOwn(resources, name)) return ['resources', name, ...(keys.length === 0 ? [] : ['properties', ...keys])];
  return [keys[0] === 'tags' ? 'tags' : 'resources'];
}
