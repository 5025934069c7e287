import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { allStatements } from '../access/added-statements';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import type { AwsContext } from '../terraform/aws-context';

interface RoleProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  /**
   * Resources of the image's build, which must succeed before the permissions change. If it fails, the existing job keeps its permissions.
   * @default none
   */
  readonly after?: readonly ITerraformDependable[];
  readonly tags?: { readonly [key: string]: string };
}

/** The role of the job's code. It can read only the job's large events and what the config grants. */
export function createJobRole(
  scope: Construct,
  props: RoleProps & { readonly statements: readonly Statement[] },
): ServiceRole {
  return createTaskRole(scope, 'JobRole', 'job', props);
}

interface ExecutionRoleProps extends RoleProps {
  /** Permissions to pull the image and to read the secrets. */
  readonly pullStatements: readonly Statement[];
  /** Statements that a config adds. @default none */
  readonly addedStatements?: readonly Statement[];
  /** @default no log is written */
  readonly logGroup?: CloudwatchLogGroup;
}

/**
 * The role that AWS uses to start the container: it pulls the image, reads secrets and writes the log.
 *
 * @throws ConfigError if an added statement has the same Sid as one of these
 */
export function createExecutionRole(scope: Construct, props: ExecutionRoleProps): ServiceRole {
  const { pullStatements, addedStatements: added = [], logGroup } = props;
  const writeLog = { Sid: 'WriteLog', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'] };
  const logStatements = logGroup === undefined ? [] : [{ ...writeLog, Resource: [`${logGroup.arn}:*`] }];
  const given = { own: [...logStatements, ...pullStatements], added, property: 'executionRoleStatements' };
  return createTaskRole(scope, 'ExecutionRole', 'execution', {
    ...props,
    statements: allStatements(given, scope.node.path),
  });
}

function createTaskRole(
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
    // Prevents other accounts from using the role through ECS:
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements,
    after,
    tags,
  });
}
