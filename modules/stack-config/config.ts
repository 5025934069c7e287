import { z } from 'zod';
import { EVENT_VOCABULARY } from '../../triggers/vocabulary';
import { alarms } from '../config/alarms';
import { allowedAccountIds } from '../config/allowed-account-ids';
import { backend } from '../config/backend';
import { across, refuse, strict, text } from '../config/checked';
import { cloudFormationResources } from '../config/cloudformation-resources';
import { compute } from '../config/compute';
import { customDirectives } from '../config/custom-directives';
import { encryption } from '../config/encryption';
import { iam } from '../config/iam';
import { STACK_NAME_FORM } from '../config/identity';
import { indexed } from '../config/indexed-config';
import { notifications } from '../config/notifications';
import { outputs } from '../config/outputs';
import { resourceOverrides } from '../config/overrides';
import { region } from '../config/region';
import { findingsOf } from '../config/rule';
import { tags } from '../config/tags';
import { undeliveredEvents } from '../config/undelivered-events';
import { withVocabulary } from '../config/vocabulary';
import { vpc } from '../config/vpc';
import { stacktapeOf } from '../resources/referables';
import { companionCreates } from '../resources/registry';
import { resources } from './resources';
import { rulesOf } from './rules';

const stackName = text({
  ...STACK_NAME_FORM,
  fix: 'use a name such as reports-production: every physical name starts with it',
});

const namePrefix = text({
  ...STACK_NAME_FORM,
  fix: 'use a prefix such as acme-: every physical name starts with it',
});

/** The whole config of a stack. */
export const batchJobsConfig = withVocabulary(
  across(
    strict({
      /** Path or URL of the JSON Schema, for editors. It has no other effect. @default none */
      $schema: z.string().optional(),
      /** Name of the stack. Physical names start with it, and its folder in cdktf.out has this name. Required in TypeScript. If the variable STACK_NAME is set and differs, synthesis fails. @default the variable STACK_NAME, else the file's name without its extension */
      stackName,
      /** Start of every physical name, before the stack's name: `acme-` and a stack `reports` give `acme-reports-...`. A change replaces nearly every resource of the stack, and data in them is lost. @default none */
      namePrefix: namePrefix.optional(),
      /** AWS region. @default AWS_REGION, AWS_DEFAULT_REGION, or the region of the AWS profile, read at synthesis and written to the output */
      region: region.optional(),
      /** Accounts that the stack can be deployed to. Terraform and the commands refuse others. @default any */
      allowedAccountIds: allowedAccountIds.optional(),
      /** Tags of all resources of the stack: a map, or a list of names and values as in Stacktape. @default none */
      tags: tags.default({}),
      /** Where Terraform stores its state. @default a local file */
      backend: backend.prefault({ type: 'local' }),
      /** What the account requires of IAM roles. @default no permissions boundary, and the path / */
      iam: iam.optional(),
      /** Key that encrypts what the stack stores. @default keys of AWS */
      encryption: encryption.optional(),
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
      /** Terraform attributes for what the jobs of the stack share, by name of the resource, such as `LaunchTemplate`. They are merged with the generated attributes. @default none */
      overrides: resourceOverrides.optional(),
      /** Outputs of the stack for values of your choice, beside those that it has for its resources. Terraform prints them after a deployment. @default none */
      outputs: outputs.default([]),
      /** The resources, by name. */
      resources,
    }),
    (value, context) => {
      const index = indexed(value);
      for (const { path, finding } of findingsOf(rulesOf(index), index)) refuse(context, finding, path);
    },
  ),
  {
    ...EVENT_VOCABULARY,
    companionCreates,
    stacktape: stacktapeOf,
    namedForArn: (...named) => (require('./referred-arns') as typeof import('./referred-arns')).namedForArn(...named),
  },
);

/** A config as you write it, without the defaults. */
export type BatchJobsConfig = z.input<typeof batchJobsConfig>;

/** A config with every default filled in. */
export interface ResolvedConfig extends z.output<typeof batchJobsConfig> {}
