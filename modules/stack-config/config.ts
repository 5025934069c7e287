import { z } from 'zod';
import { checkListenerRules, checkLoadBalancerSubnets } from '../../triggers/application-load-balancer/rules';
import { checkLogSubscriptions } from '../../triggers/cloudwatch-log/rules';
import { checkBusReferences } from '../../triggers/event-bus/rules';
import { checkHttpRoutes } from '../../triggers/http-api-gateway/rules';
import { checkBucketRules } from '../../triggers/s3/rules';
import { alarms, checkAlarms } from '../config/alarms';
import { tags } from '../config/batch-job';
import { across, type CheckContext, isToken, nonEmpty, numberIn, refuse, strict, text } from '../config/checked';
import { cidrBlockProblem } from '../config/cidr-block';
import { customDirectives } from '../config/custom-directives';
import { REGION_FORM, STACK_NAME_FORM } from '../config/identity';
import { checkNotifications, notifications } from '../config/notifications';
import { leastDemand, placementProblems } from '../config/placement';
import { checkQueues } from '../config/queue-rules';
import { subnetIds } from '../config/subnet-ids';
import { checkTopics } from '../config/topic-rules';
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

export const region = text({ ...REGION_FORM, fix: 'use a code such as eu-west-1' });

const backend = z.discriminatedUnion('type', [
  strict({
    /** Stores the state in a file on your machine. */
    type: z.literal('local'),
    /** Path of the state file, relative to the stack's folder. @default terraform.<stackName>.<region>.tfstate in the folder that contains cdktf.out */
    path: nonEmpty('a path').optional(),
  }),
  strict({
    /** Stores the state in an S3 bucket, locked by a lock file in the same bucket. */
    type: z.literal('s3'),
    /** Name of the bucket. It must exist. */
    bucket: nonEmpty("a bucket's name"),
    /** Key of the state object. @default <stackName>/<region>/terraform.tfstate */
    key: nonEmpty('a key').optional(),
    /** Region of the bucket. @default the stack's region */
    region: region.optional(),
  }),
  strict({
    /** Stores the state in HCP Terraform (Terraform Cloud) or Terraform Enterprise. */
    type: z.literal('cloud'),
    /** Name of the organization. */
    organization: nonEmpty("an organization's name"),
    /** Name of the workspace. @default <stackName>-<region> */
    workspace: nonEmpty("a workspace's name").optional(),
    /** Host name of a Terraform Enterprise installation. @default app.terraform.io */
    hostname: nonEmpty('a host name').optional(),
  }),
]);

/** Limits of the instances that jobs run on. */
export const compute = strict({
  /** Maximum vCPUs that each compute environment runs at once. It limits the cost. AWS Batch can exceed it by one instance. @default 256 */
  maxVcpus: numberIn({ unit: 'vCPUs', min: 1, max: 1_000_000 }).default(256),
  /** Size of each instance's root volume in GiB (gp3, encrypted). The jobs on an instance share it. @default 100 */
  rootVolumeGb: numberIn({
    unit: 'GiB',
    min: 30,
    max: 16_384,
    why: 'the machine image needs 30 GiB, and a gp3 volume can have up to 16,384 GiB',
  }).default(100),
  /**
   * Starts instances from the newest Amazon Linux 2023 image for ECS at each deployment. If `false`, a compute environment keeps the image that it was created with until you update it. If `true`, any deployment can replace instances, and running jobs have six hours to end. @default false
   */
  useLatestMachineImage: z.boolean().default(false),
});

const vpc = across(
  strict({
    /** Id of an existing VPC. Requires `subnetIds`. @default the stack creates a VPC */
    vpcId: nonEmpty('the ID of a VPC').optional(),
    /** Subnets of the existing VPC for the instances. They need a route to the internet, or endpoints for ECR, ECS, CloudWatch Logs and S3. Requires `vpcId`. @default the stack creates subnets */
    subnetIds: subnetIds(1).optional(),
    /** Address range of the VPC that the stack creates, /16 to /24. You can't combine it with `vpcId`. @default 10.0.0.0/16 */
    cidrBlock: z
      .string({ error: () => 'an IPv4 range such as 10.1.0.0/16' })
      .check((context) => {
        const problem = isToken(context.value) ? undefined : cidrBlockProblem(context.value);
        if (problem !== undefined) refuse(context, problem);
      })
      .optional(),
    /** Gives instances no public address. `egress` selects how they reach AWS. You can't combine it with `vpcId`. @default false: public subnets, which are free of charge */
    privateSubnets: z.boolean().optional(),
    /** How instances in private subnets reach AWS: `nat`, a gateway to the whole internet, or `endpoints` for ECR, ECS, CloudWatch Logs and Secrets Manager only. Both have an hourly price. @default nat */
    egress: z.enum(['nat', 'endpoints']).optional(),
  }),
  (value, context) => {
    const { vpcId, subnetIds, cidrBlock, privateSubnets, egress } = value;
    if (egress !== undefined && privateSubnets !== true) {
      const accepted = 'egress only together with privateSubnets';
      refuse(context, { found: 'egress without privateSubnets', accepted, fix: 'add privateSubnets: true' }, [
        'egress',
      ]);
    }
    if (vpcId !== undefined && privateSubnets === true) {
      const accepted = 'either an existing VPC, or private subnets of a new VPC';
      const fix = 'remove privateSubnets, and list private subnets in subnetIds';
      refuse(context, { found: 'vpcId and privateSubnets', accepted, fix }, ['privateSubnets']);
    }
    if ((vpcId === undefined) !== (subnetIds === undefined)) {
      const [given, missing] = vpcId === undefined ? ['subnetIds', 'vpcId'] : ['vpcId', 'subnetIds'];
      refuse(context, { found: `${given} without ${missing}`, accepted: 'both or neither', fix: `add ${missing}` });
    }
    if (vpcId !== undefined && cidrBlock !== undefined) {
      const accepted = 'either an existing VPC, or the range of a new VPC';
      refuse(context, { found: 'vpcId and cidrBlock', accepted, fix: 'remove cidrBlock' }, ['cidrBlock']);
    }
  },
);

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
