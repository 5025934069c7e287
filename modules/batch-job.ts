import type { BatchJobDefinition } from '@cdktf/provider-aws/lib/batch-job-definition';
import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { allStatements } from './access/added-statements';
import type { Connections } from './access/connection';
import { byReference, type ContainerVariables, containerVariables, withSecrets } from './access/container-variables';
import type { Statement } from './access/policy';
import { readStatements } from './access/secret';
import type { ServiceRole } from './access/service-role';
import type { JobAlarms } from './alarms/job-alarms';
import { countAfter, type JobAlarmProps, topicsOf } from './alarms/topics';
import { BatchPlatform } from './batch-platform';
import type { CapacityDemand, CapacityPool } from './compute/capacity';
import { createJobDefinition } from './compute/job-definition';
import { createExecutionRole, createJobRole } from './compute/job-roles';
import { environmentPairs } from './config/environment';
import type { ForEach } from './config/for-each';
import type { ResolvedJobProps } from './config/job';
import type { Overrides } from './config/overrides';
import { protect } from './config/protection';
import type { ConnectionStrings } from './container/connection-strings/connection-strings';
import type { ContainerImage } from './container/image';
import { JOB_CHECKS } from './job-problems';
import { type BatchJobConstructProps, jobSettings } from './job-props';
import { createTriggers } from './job-triggers';
import { createAccess, type JobLabels, mountsOf, withDefaults } from './job-volumes';
import type { PlaceRules } from './limits/place-rules';
import { createJobLogGroup } from './logging/job-log-group';
import type { LogForwarding } from './logging/log-forwarding';
import { createNotificationRules, type NotificationRules } from './notifications/job-rules';
import { eventBudget } from './orchestration/event-budget';
import type { ItemsInput } from './orchestration/item-submission-states';
import type { ItemsFunction } from './orchestration/items-function';
import { JobStateMachine } from './orchestration/job-state-machine';
import { placesOf } from './orchestration/places';
import { type RetryPlan, retryPlanOf } from './orchestration/retry-plan';
import { TriggerFunction } from './orchestration/trigger-function';
import { type JobTransforms, jobResources } from './overrides/job-resources';
import { CollectedProblems } from './problems/collected-problems';
import { ConfigError } from './problems/config-error';
import type { StatedProblem } from './problems/problem';
import type { ConnectSource } from './resources/connect';
import type { EfsAccess } from './resources/efs-filesystem/mounts';
import type { JobVolume } from './resources/efs-filesystem/volume';
import { DEFAULT_RETENTION_DAYS } from './rules/log-retention';
import { literals } from './terraform/literal';

/**
 * One batch job: job definition, state machine, trigger function, and a trigger for each event.
 * The ID is the job's name and part of every physical name.
 *
 * @throws ConfigError with all problems of the properties.
 *
 * @example
 * import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
 * import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
 * import { App, TerraformStack } from 'cdktf';
 * import { BatchJob } from 'cdktf-batch-jobs';
 *
 * const app = new App();
 * const stack = new TerraformStack(app, 'reports');
 * new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
 * new ArchiveProvider(stack, 'archive');
 * new BatchJob(stack, 'nightlyReport', {
 *   container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
 *   resources: { cpu: 2, memory: 1800 },
 *   events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
 * });
 * app.synth();
 */
export class BatchJob extends Construct {
  readonly type = 'batch-job';
  readonly name: string;
  /** Undefined if logging is disabled. */
  readonly logGroup?: CloudwatchLogGroup;
  /** Undefined if the log is not forwarded. */
  readonly logForwarding?: LogForwarding;
  /** Role of the job's code. */
  readonly jobRole: ServiceRole;
  /** Role that AWS uses to start the container: it pulls the image, reads secrets and writes the log. */
  readonly executionRole: ServiceRole;
  readonly jobDefinition: BatchJobDefinition;
  /** Volumes of the container, with their defaults. */
  readonly volumes: readonly JobVolume[];
  /** Writes the complete connection strings. Undefined if the job has none, or if the first program of its image completes them. */
  readonly connectionStrings?: ConnectionStrings;
  /** Job queue of the attempts. */
  readonly pool: CapacityPool;
  /** Job queue of an attempt after its Spot restarts are used up, if the config has an on-demand fallback. */
  readonly onDemandPool?: CapacityPool;
  /** Finds the items of runs. Undefined if the job runs once for each event. */
  readonly items?: ItemsFunction;
  readonly stateMachine: JobStateMachine;
  readonly trigger: TriggerFunction;
  /** The triggers, in the order of the config's events. */
  readonly triggers: readonly Construct[];
  /** The rules that notify of runs. */
  readonly notificationRules: NotificationRules;
  /** Undefined if the job has none. */
  readonly alarms?: JobAlarms;
  /** The rules that free and give places. Undefined if the job has no limits. */
  readonly placeRules?: PlaceRules;

  private readonly platform: BatchPlatform;
  private readonly labels: JobLabels;
  private readonly access: readonly EfsAccess[];

  constructor(scope: Construct, id: string, given: BatchJobConstructProps) {
    super(scope, id);
    const props = jobSettings(this, given);
    const {
      platform,
      events = [],
      connectTo = [],
      volumes = [],
      notifications = {},
      alarms = {},
      overrides = {},
      transform = {},
    } = given;
    this.platform = platform ?? BatchPlatform.of(this);
    this.platform.takeJobName(id, this.node.path);
    const problems = new CollectedProblems();
    const { capacity, region } = this.platform;
    const checked = { props, volumes, maxVcpus: capacity.maxVcpus, region };
    problems.each(JOB_CHECKS, (check) => this.refuse(check(checked)));
    const plan = retryPlanOf(props);
    this.platform.payloads.keepFor(plan, props.limits?.whenExceeded === 'wait' || props.forEach !== undefined);
    const image = problems.attempt(() => this.platform.image(this, { ...props, volumes })) ?? NO_IMAGE;
    const tags = Object.keys(props.tags).length === 0 ? undefined : literals(props.tags);
    this.name = id;
    this.labels = { stackName: this.platform.stackName, jobName: id, tags };
    const connections = problems.attempt(() => this.connect(connectTo, props)) ?? NO_CONNECTIONS;
    this.volumes = withDefaults(volumes);
    this.access = createAccess(this, this.volumes, this.labels);
    this.logGroup = this.createLogGroup(props);
    this.logForwarding = this.createLogForwarding(props);
    const statements = problems.attempt(() => this.jobStatements(props, connections, given.readsEventsOf)) ?? [];
    this.jobRole = createJobRole(this, {
      ...this.labels,
      aws: this.platform.aws,
      after: image.dependencies,
      statements,
    });
    const environment = props.container.environment ?? [];
    const own = problems.attempt(() =>
      containerVariables(this.platform.aws, environment, connections, this.node.path),
    ) ?? { variables: [], secrets: [] };
    const complete = withSecrets(own.variables, connections);
    this.connectionStrings = image.completesVariables ? undefined : this.createConnectionStrings(props, own, complete);
    const { variables, secrets } =
      this.connectionStrings === undefined
        ? { variables: image.completesVariables ? complete : own.variables, secrets: own.secrets }
        : byReference(own, this.connectionStrings.references);
    this.executionRole =
      problems.attempt(() => this.createExecutionRole(props, image, secrets)) ??
      this.createExecutionRole({ ...props, executionRoleStatements: [] }, image, secrets);
    this.jobDefinition = this.createJobDefinition(props, image, plan, variables, secrets);
    // An override of the job definition can name another image.
    const isImageFixed =
      image.isFixed && overrides.JobDefinition === undefined && transform.JobDefinition === undefined;
    this.pool = this.createPool(props, connections, { spot: props.useSpotInstances, isImageFixed });
    this.onDemandPool = plan.onDemandFallback
      ? this.createPool(props, connections, { spot: false, isFallback: true, isImageFixed })
      : undefined;
    this.items = this.createItemsFunction(props, statements, given.readsEventsOf);
    this.stateMachine = this.createStateMachine(props, plan);
    this.trigger = this.createTrigger(props);
    const triggers = problems.attempt(() => createTriggers(this, events, this.trigger));
    this.triggers = triggers ?? [];
    this.alarms = this.createAlarms(alarms);
    const canSkip = props.limits?.whenExceeded === 'skip';
    const notified = {
      ...this.watched,
      attempts: plan.maximumAttempts,
      countAfter: countAfter(alarms),
      canSkip,
      hasItems: this.items !== undefined,
    };
    this.notificationRules = createNotificationRules(this, notifications, notified, () => this.platform.notifier);
    this.placeRules = this.createPlaceRules(props);
    if (given.protect === true) this.protect();
    // Overrides can be of triggers.
    if (triggers !== undefined) problems.attempt(() => this.change(transform, overrides));
    problems.report(this.node.path);
  }

  /** What holds its runs is also the queues, the events and images in the platform. */
  private protect(): void {
    const pools = [this.pool, this.onDemandPool].flatMap((pool) => (pool === undefined ? [] : [pool]));
    for (const part of [this, ...pools.flatMap(({ queue, environment }) => [queue, environment])]) protect(part);
    this.platform.protect();
  }

  /**
   * Whether it has all parts. One whose settings have problems has none.
   *
   * @internal
   */
  get isMade(): boolean {
    return this.notificationRules !== undefined;
  }

  /** ARN of the job definition without a revision: always refers to the latest one. */
  get jobDefinitionArn(): string {
    return this.jobDefinition.arnPrefix;
  }

  get stateMachineArn(): string {
    return this.stateMachine.stateMachine.arn;
  }

  /** Undefined if logging is disabled. */
  get logGroupArn(): string | undefined {
    return this.logGroup?.arn;
  }

  /** ARN of the state machine: other resources start the job with it. */
  get arn(): string {
    return this.stateMachineArn;
  }

  /** Attributes of the job that other resources can refer to. */
  get params() {
    const { jobDefinitionArn, stateMachineArn, logGroupArn } = this;
    return { jobDefinitionArn, stateMachineArn, logGroupArn };
  }

  /** What alarms and notifications need to know of the job. */
  private get watched() {
    const { labels, stateMachineArn, jobDefinitionArn } = this;
    return {
      ...labels,
      aws: this.platform.aws,
      stateMachineArn,
      jobDefinitionArn,
      logGroupName: this.logGroup?.name,
    };
  }

  /** ARNs of the queues that attempts are submitted to. */
  get queueArns(): readonly string[] {
    return [this.pool, this.onDemandPool].flatMap((pool) => pool?.queue.arn ?? []);
  }

  private connect(sources: readonly ConnectSource[], { container }: ResolvedJobProps): Connections {
    if (sources.length === 0) return NO_CONNECTIONS;
    // Loaded only if needed.
    const { connect } = require('./resources/connect') as typeof import('./resources/connect');
    const variables = environmentPairs(container.environment ?? []).map(([name]) => name);
    const { connections, problems } = connect(sources, this.platform.aws, variables, ['container', 'environment']);
    this.refuse(problems);
    return connections;
  }

  /** @throws ConfigError with the problems, if there are any */
  private refuse(problems: readonly StatedProblem[]): void {
    if (problems.length > 0) throw new ConfigError(problems, this.node.path);
  }

  /** The job's Terraform resources, by the names that `overrides` and `transform` accept. */
  get resources(): ReadonlyMap<string, TerraformResource> {
    return jobResources(this, this.triggers);
  }

  private change(transforms: JobTransforms, overrides: Overrides): void {
    if (Object.keys({ ...transforms, ...overrides }).length === 0) return;
    // Loaded only if needed.
    const { changeJob } = require('./overrides/job-changes') as typeof import('./overrides/job-changes');
    this.refuse(changeJob(this.resources, transforms, overrides));
  }

  private createLogGroup({ logging }: ResolvedJobProps): CloudwatchLogGroup | undefined {
    if (logging.disabled) return undefined;
    return createJobLogGroup(this, 'LogGroup', {
      ...this.labels,
      aws: this.platform.aws,
      retentionDays: logging.retentionDays,
    });
  }

  private createLogForwarding({ logging }: ResolvedJobProps): LogForwarding | undefined {
    const { logGroup, labels, platform } = this;
    if (logging.logForwarding === undefined || logGroup === undefined) return undefined;
    // Loaded only if needed: Firehose is one of the provider's largest classes.
    const { LogForwarding } = require('./logging/log-forwarding') as typeof import('./logging/log-forwarding');
    const forwarding = logging.logForwarding;
    return new LogForwarding(this, 'LogForwarding', {
      ...labels,
      aws: platform.aws,
      logGroup,
      forwarding,
      retentionDays: logging.retentionDays,
    });
  }

  /** What the job's code may do. */
  private jobStatements(
    { iamRoleStatements }: ResolvedJobProps,
    connections: Connections,
    earlierJobs: readonly string[] = [],
  ): Statement[] {
    const mounted = this.access.map(({ statement }) => statement);
    const own = [this.platform.payloads.readStatement(this.name, earlierJobs), ...connections.statements, ...mounted];
    return allStatements({ own, added: iamRoleStatements, property: 'iamRoleStatements' }, this.node.path);
  }

  private createExecutionRole(
    { executionRoleStatements }: ResolvedJobProps,
    { pullStatements, dependencies: after }: ContainerImage,
    secrets: ContainerVariables['secrets'],
  ): ServiceRole {
    const { aws } = this.platform;
    const read = secrets.map(([, secret]) => secret);
    return createExecutionRole(this, {
      ...this.labels,
      aws,
      after,
      pullStatements: [...pullStatements, ...readStatements(aws, read)],
      addedStatements: executionRoleStatements,
      logGroup: this.logGroup,
    });
  }

  /** @param complete the job's variables, in which values name the secrets that they need */
  private createConnectionStrings(
    props: ResolvedJobProps,
    { variables, secrets }: ContainerVariables,
    complete: ContainerVariables['variables'],
  ): ConnectionStrings | undefined {
    // Completed variables are in the same order.
    const changed = complete.filter(
      ({ value }, index) => index < variables.length && variables[index]?.value !== value,
    );
    if (changed.length === 0) return undefined;
    // Loaded only if needed.
    const { ConnectionStrings } =
      require('./container/connection-strings/connection-strings') as typeof import('./container/connection-strings/connection-strings');
    const { aws, stringsCode: code, undeliveredEvents } = this.platform;
    return new ConnectionStrings(this, 'ConnectionStrings', {
      ...this.labels,
      aws,
      code,
      variables: changed,
      secrets,
      undeliveredEvents: undeliveredEvents.queue,
      retentionDays: machineryRetention(props),
    });
  }

  private createJobDefinition(
    props: ResolvedJobProps,
    image: ContainerImage,
    plan: RetryPlan,
    environment: ContainerVariables['variables'],
    secrets: ContainerVariables['secrets'],
  ): BatchJobDefinition {
    return createJobDefinition(this, 'JobDefinition', {
      ...this.labels,
      image,
      environment,
      secrets,
      resources: props.resources,
      region: this.platform.aws.region,
      jobRoleArn: this.jobRole.arn,
      executionRole: this.executionRole,
      logs:
        this.logGroup === undefined
          ? 'instance'
          : { logGroupName: this.logGroup.name, region: this.platform.aws.region },
      mounts: mountsOf(this.volumes, this.access),
      needs: this.connectionStrings && [this.connectionStrings.written],
      batchRetry: plan.batchRetry,
    });
  }

  private createPool(
    { resources }: ResolvedJobProps,
    connections: Connections,
    given: Pick<CapacityDemand, 'spot' | 'isFallback' | 'isImageFixed'>,
  ): CapacityPool {
    const { gpu, architecture, instanceTypes, useInstanceStore: instanceStore } = resources;
    const mounted = new Map(
      this.access.flatMap(({ ingressRule: rule }) => (rule === undefined ? [] : [[rule.key, rule]])),
    );
    const ingressRules = [...connections.ingressRules, ...mounted.values()];
    const kind = { gpu: gpu !== undefined, architecture, instanceTypes, instanceStore, ingressRules };
    return this.platform.capacity.pool({ ...given, ...kind });
  }

  private createItemsFunction(
    props: ResolvedJobProps,
    jobStatements: readonly Statement[],
    earlierJobs: readonly string[] = [],
  ): ItemsFunction | undefined {
    const { forEach } = props;
    if (forEach === undefined) return undefined;
    // Loaded only if needed.
    const { ItemsFunction } =
      require('./orchestration/items-function') as typeof import('./orchestration/items-function');
    const { aws, itemsCode: code, payloads, undeliveredEvents } = this.platform;
    return new ItemsFunction(this, 'Items', {
      ...this.labels,
      aws,
      code,
      forEach,
      payloads,
      earlierJobs,
      jobStatements,
      undeliveredEvents: undeliveredEvents.queue,
      retentionDays: machineryRetention(props),
    });
  }

  private createStateMachine(props: ResolvedJobProps, plan: RetryPlan): JobStateMachine {
    return new JobStateMachine(this, 'StateMachine', {
      ...this.labels,
      aws: this.platform.aws,
      plan,
      jobDefinitionArn: this.jobDefinitionArn,
      jobQueueArn: this.pool.queue.arn,
      onDemandJobQueueArn: this.onDemandPool?.queue.arn,
      ...(props.limits && { limits: { ...placesOf(props.limits), places: this.platform.runPlaces } }),
      ...(this.items && props.forEach && { items: itemsInput(this.items, props.forEach) }),
      stringsFunctionArn: this.connectionStrings?.function.function.arn,
      retentionDays: machineryRetention(props),
    });
  }

  private createPlaceRules({ limits }: ResolvedJobProps): PlaceRules | undefined {
    if (limits === undefined) return undefined;
    const { labels, stateMachineArn, platform } = this;
    // Loaded only if needed.
    const { PlaceRules } = require('./limits/place-rules') as typeof import('./limits/place-rules');
    const { whenExceeded: _, ...places } = placesOf(limits);
    return new PlaceRules(this, 'Places', { ...labels, ...places, stateMachineArn, places: platform.runPlaces });
  }

  private get eventBudget(): number {
    const { document } = this.stateMachine;
    if (this.items === undefined) return eventBudget(document);
    // Loaded only if needed.
    const { longestItemVariables } =
      require('./orchestration/item-submission-states') as typeof import('./orchestration/item-submission-states');
    return eventBudget(document, longestItemVariables(this.name));
  }

  private createTrigger(props: ResolvedJobProps): TriggerFunction {
    return new TriggerFunction(this, 'Trigger', {
      ...this.labels,
      aws: this.platform.aws,
      code: this.platform.triggerCode,
      stateMachineArn: this.stateMachineArn,
      undeliveredEvents: this.platform.undeliveredEvents.queue,
      payloads: this.platform.payloads,
      overridesBudget: this.eventBudget,
      retentionDays: machineryRetention(props),
    });
  }

  /** Undefined if none of them notifies anybody. */
  private createAlarms(alarms: JobAlarmProps): JobAlarms | undefined {
    const topics = [alarms.failedRuns, alarms.oldestWaitingRun].flatMap((alarm) => topicsOf(alarm?.notify));
    if (topics.length === 0) return undefined;
    // Loaded only if needed.
    const { JobAlarms } = require('./alarms/job-alarms') as typeof import('./alarms/job-alarms');
    return new JobAlarms(this, 'Alarms', this.watched, alarms);
  }
}

const NO_CONNECTIONS: Connections = {
  environment: [],
  secrets: [],
  completed: [],
  statements: [],
  ingressRules: [],
  gatewayEndpoints: [],
};

/** Stands for an image with problems, while the rest of the job is looked at. */
const NO_IMAGE: ContainerImage = { image: '', pullStatements: [] };

function itemsInput(items: ItemsFunction, forEach: ForEach): ItemsInput {
  // Loaded only if needed.
  const { itemsSource } = require('./orchestration/items-function') as typeof import('./orchestration/items-function');
  return {
    functionArn: items.function.arn,
    source: itemsSource(forEach),
    maxFailures: forEach.maxFailures,
  };
}

function machineryRetention({ logging }: ResolvedJobProps): number {
  return logging.disabled ? DEFAULT_RETENTION_DAYS : logging.retentionDays;
}
