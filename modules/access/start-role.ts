import type { Construct } from 'constructs';
import type { AwsContext } from '../terraform/aws-context';
import { ServiceRole } from './service-role';

interface StartRoleProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  /** Part of the state machine's name after the stack's. */
  readonly part: string;
  readonly stateMachineArn: string;
}

/** Role with which rules start a state machine. */
export function createStartRole(
  scope: Construct,
  { stackName, aws, part, stateMachineArn }: StartRoleProps,
): ServiceRole {
  return new ServiceRole(scope, 'RuleRole', {
    nameParts: [stackName, part, 'events'],
    aws,
    service: 'events.amazonaws.com',
    condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
    statements: [{ Sid: 'Start', Action: ['states:StartExecution'], Resource: [stateMachineArn] }],
  });
}
