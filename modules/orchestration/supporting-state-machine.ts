import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import { createStartRole } from '../access/start-role';
import { WRITE_STATES_LOG } from '../logging/log-delivery';
import { DEFAULT_RETENTION_DAYS } from '../rules/log-retention';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import type { AwsContext } from '../terraform/aws-context';
import { jsonLiteral } from '../terraform/literal';

interface SupportingStateMachineProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** A part of names that no resource of a config has. */
  readonly part: string;
  readonly type: 'EXPRESS' | 'STANDARD';
  /** What the state machine can do, apart from writing its log. */
  readonly statements: readonly Statement[];
  readonly document: SupportingDocument;
}

/** The document of a state machine that runs no jobs. */
export interface SupportingDocument {
  readonly Comment: string;
  readonly StartAt: string;
  readonly States: { readonly [name: string]: { readonly Type: string } };
}

/**
 * A state machine that runs no jobs, but does something for them when a rule starts it: its log, its role, and the role of the rules. The
 * log has errors without the data, which can be sensitive.
 */
export function createSupportingStateMachine(scope: Construct, props: SupportingStateMachineProps) {
  const { stackName, aws, part, type, statements, document } = props;
  const name = physicalName(NAME_LIMITS.stateMachine, stackName, part);
  const logGroup = new CloudwatchLogGroup(scope, 'LogGroup', {
    name: `/aws/vendedlogs/states/${name}`,
    retentionInDays: DEFAULT_RETENTION_DAYS,
    kmsKeyId: aws.kmsKeyArn,
  });
  const role = new ServiceRole(scope, 'Role', {
    nameParts: [stackName, part, 'states'],
    aws,
    service: 'states.amazonaws.com',
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements: [...statements, WRITE_STATES_LOG],
  });
  const stateMachine = new SfnStateMachine(scope, 'Resource', {
    name,
    type,
    roleArn: role.arn,
    definition: jsonLiteral(document),
    loggingConfiguration: { level: 'ERROR', includeExecutionData: false, logDestination: `${logGroup.arn}:*` },
    dependsOn: role.dependencies,
  });
  const ruleRole = createStartRole(scope, { stackName, aws, part, stateMachineArn: stateMachine.arn });
  return { logGroup, role, stateMachine, ruleRole };
}
