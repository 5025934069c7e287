import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import type { AwsContext } from '../aws-context';

interface RoleProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  /** What the image waits for: if it cannot be built, the job that is there keeps its permissions. @default nothing */
  readonly after?: readonly ITerraformDependable[];
  readonly tags?: { readonly [key: string]: string };
}

/** The role that the job's own code works with. It may do nothing but read its own large events and what the config grants. */
export function jobRole(
  scope: Construct,
  props: RoleProps & { readonly statements: readonly Statement[] },
): ServiceRole {
  return taskRole(scope, 'JobRole', 'job', props);
}

/** The role with which AWS starts the container: pulls its image and writes its log. */
export function executionRole(
  scope: Construct,
  props: RoleProps & { readonly pullStatements: readonly Statement[]; readonly logGroup?: CloudwatchLogGroup },
): ServiceRole {
  const { pullStatements, logGroup } = props;
  const writeLog = { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] };
  const logStatements = logGroup === undefined ? [] : [{ ...writeLog, Resource: [`${logGroup.arn}:*`] }];
  return taskRole(scope, 'ExecutionRole', 'execution', { ...props, statements: [...logStatements, ...pullStatements] });
}

function taskRole(
  scope: Construct,
  id: string,
  suffix: string,
  props: RoleProps & { readonly statements: readonly Statement[] },
) {
  const { stackName, jobName, aws, statements, after, tags } = props;
  return new ServiceRole(scope, id, {
    nameParts: [stackName, jobName, suffix],
    aws,
    service: 'ecs-tasks.amazonaws.com',
    // So that no other account can make ECS work with the role on its behalf:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements,
    after,
    tags,
  });
}
