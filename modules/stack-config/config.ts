import { z } from 'zod';
import { checkListenerRules, checkLoadBalancerSubnets } from '../../triggers/application-load-balancer/rules';
import { checkLogSubscriptions } from '../../triggers/cloudwatch-log/rules';
import { checkBusReferences } from '../../triggers/event-bus/rules';
import { checkHttpRoutes } from '../../triggers/http-api-gateway/rules';
import { checkBucketRules } from '../../triggers/s3/rules';
import { alarms, checkAlarms } from '../config/alarms';
import { backend } from '../config/backend';
import { across, type CheckContext, refuse, strict, text } from '../config/checked';
import { compute } from '../config/compute';
import { customDirectives } from '../config/custom-directives';
import { STACK_NAME_FORM } from '../config/identity';
import { checkNotifications, notifications } from '../config/notifications';
import { leastDemand, placementProblems } from '../config/placement';
import { checkQueues } from '../config/queue-rules';
import { region } from '../config/region';
import { tags } from '../config/tags';
import { checkTopics } from '../config/topic-rules';
import { vpc } from '../config/vpc';
import { checkDatabaseSubnets } from '../resources/relational-database/rules';
import { checkArns } from './arn-rules';
import { checkCloudFormationRings } from './cloudformation-cycles';
import { checkCloudFormation, cloudFormationResources } from './cloudformation-resources';
import { checkConnectTo } from './connect-to';
import { checkDirectives } from './directive-rules';
import { checkConnectionsReachable, checkImagesReachable, checkParametersReachable } from './egress-rules';
import { checkReferences } from './references';
import { checkReservedNames } from './reserved-names';
import { checkResourceNames, resources } from './resources';
import { checkAlarmTopic, undeliveredEvents } from './undelivered-events';

const stackName = text({
  ...STACK_NAME_FORM,
  fix: 'use a name such as reports-production: every physical name starts with it',
});

/** The whole config of a stack. */
export const batchJobsConfig = across(
  strict({
    /** Path or URL of the JSON Schema, for editors. It has no other effect. @default none */
    $schema: z.string().optional(),
    /** Name of the stack. Physical names start with it, and its folder in cdktf.out has this name. Required in TypeScript. If the variable STACK_NAME is set and differs, synthesis fails. @default the variable STACK_NAME, else the file's name without its extension */
    stackName,
    /** AWS region. @default AWS_REGION, AWS_DEFAULT_REGION, or the region of the AWS profile, read at synthesis and written to the output */
    region: region.optional(),
    /** Tags of all resources of the stack. @default none */
    tags: tags.default({}),
    /** Where Terraform stores its state. @default a local file */
    backend: backend.prefault({ type: 'local' }),
    /** Limits of the instances that jobs run on. @default 256 vCPUs and 100 GiB */
    compute: compute.prefault({}),
    /** Network that jobs run in. @default a new VPC with public subnets */
    vpc: vpc.prefault({}),
    /** Where images are built: `codebuild` builds in your AWS account, `docker` on the machine that runs Terraform. @default codebuild */
    imageBuilder: z.enum(['codebuild', 'docker']).default('codebuild'),
    /** Topic that gets a notification when an event could not start a run. @default none: the event is only in the queue for undelivered events */
    undeliveredEvents: undeliveredEvents.optional(),
    /** Who is told about the runs of each job, unless the job's own `notifications` say otherwise. @default nobody */
    notifications: notifications.prefault({}),
    /** CloudWatch alarms of each job, unless the job's own `alarms` say otherwise. @default none */
    alarms: alarms.prefault({}),
    /** Creates a CloudWatch dashboard with the runs, failures, durations, capacity and undelivered events of the stack's jobs. CloudWatch has three dashboards for free, and others cost $3 per month. @default false */
    dashboard: z.boolean().default(false),
    /** Your own directives. Their functions run when the config file is read. @default none */
    directives: customDirectives.default([]),
    /** Resources that CloudFormation creates in one stack, by logical id. `$CfResourceParam` reads their attributes. @default none */
    cloudformationResources: cloudFormationResources.default({}),
    /** The resources, by name. */
    resources,
  }),
  (value, context) => {
    checkResourceNames(value.resources, context);
    checkReservedNames(value.resources, context);
    checkReferences(value, context);
    checkArns(value, context);
    checkCloudFormation(value, context);
    checkCloudFormationRings(value.cloudformationResources, context);
    checkConnectTo(value.resources, context);
    checkHttpRoutes(value.resources, context);
    checkBusReferences(value.resources, context);
    checkBucketRules(value.resources, context);
    checkLogSubscriptions(value.resources, context);
    checkDirectives(value.resources, context);
    checkQueues(value.resources, context);
    checkTopics(value.resources, context);
    checkListenerRules(value.resources, context);
    checkLoadBalancerSubnets(value.resources, value.vpc, context);
    checkDatabaseSubnets(value.resources, value.vpc, context);
    checkImagesReachable(value, context);
    checkConnectionsReachable(value.resources, value.vpc, context);
    checkParametersReachable(value.resources, value.vpc, context);
    checkAlarmTopic(value.undeliveredEvents, value.resources, context);
    checkNotifications(value, context);
    checkAlarms(value, context);
    checkPlacement(value, context);
  },
);

/** A config as you write it, without the defaults. */
export type BatchJobsConfig = z.input<typeof batchJobsConfig>;

/** A config with every default filled in. */
export interface ResolvedConfig extends z.output<typeof batchJobsConfig> {}

/** A job that no instance can run would stay in RUNNABLE indefinitely. */
function checkPlacement(
  value: { readonly compute?: unknown; readonly region?: unknown; readonly resources?: unknown },
  context: CheckContext,
): void {
  const place = typeof value.region === 'string' ? value.region : undefined;
  if (typeof value.resources !== 'object' || value.resources === null) return;
  const limits = compute.shape.maxVcpus.safeParse(
    (value.compute as { maxVcpus?: unknown } | null | undefined)?.maxVcpus,
  );
  const maxVcpus = limits.data ?? Number.POSITIVE_INFINITY;
  for (const [name, item] of Object.entries(value.resources)) {
    const resources = leastDemand(item?.properties?.resources);
    if (item?.type !== 'batch-job' || resources === undefined) continue;
    for (const { property, ...finding } of placementProblems(resources, maxVcpus, place)) {
      refuse(context, { code: 'no-capacity', ...finding }, ['resources', name, 'properties', 'resources', property]);
    }
  }
}
