import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { allStatements } from '../access/added-statements';
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

interface ExecutionRoleProps extends RoleProps {
  /** What pulling the image and reading the secrets takes. */
  readonly pullStatements: readonly Statement[];
  /** What a config adds. @default nothing */
  readonly addedStatements?: readonly Statement[];
  /** @default no log is written */
  readonly logGroup?: CloudwatchLogGroup;
}

/**
 * The role with which AWS starts the container: pulls its image, reads its secrets, writes its log.
 *
 * @throws ConfigError if an added statement has the Sid of one of these
 */
export function executionRole(scope: Construct, props: ExecutionRoleProps): ServiceRole {
  const { pullStatements, addedStatements: added = [], logGroup } = props;
  const writeLog = { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] };
  const logStatements = logGroup === undefined ? [] : [{ ...writeLog, Resource: [`${logGroup.arn}:*`] }];
  const given = { own: [...logStatements, ...pullStatements], added, property: 'executionRoleStatements' };
  return taskRole(scope, 'ExecutionRole', 'execution', {
    ...props,
    statements: allStatements(given, scope.node.path),
  });
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
