import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import type { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import type { ITerraformDependable } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import type { ServiceRole } from '../access/service-role';
import { PLACES } from '../orchestration/places';
import { createSupportingStateMachine } from '../orchestration/supporting-state-machine';
import { placesTableName, RUN_PLACES } from '../rules/job-names';
import { tableEncryption } from '../storage/encryption';
import type { AwsContext } from '../terraform/aws-context';
import { placeKeeperDocument } from './place-keeper-document';

/**
 * The places of runs of the jobs with limits: a table, and the state machine that keeps it, one for all jobs of a platform. The state
 * machine is of type EXPRESS, so that it never takes a start or a state transition from the runs.
 */
export class RunPlaces extends Construct {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly table: DynamodbTable;
  readonly logGroup: CloudwatchLogGroup;
  /** Role of the state machine. */
  readonly role: ServiceRole;
  readonly stateMachine: SfnStateMachine;
  /** Role with which rules start the state machine. */
  readonly ruleRole: ServiceRole;

  constructor(scope: Construct, id: string, { stackName, aws }: { stackName: string; aws: AwsContext }) {
    super(scope, id);
    this.stackName = stackName;
    this.aws = aws;
    const { job, item, arrived, line } = PLACES;
    this.table = new DynamodbTable(this, 'Table', {
      name: placesTableName(stackName),
      billingMode: 'PAY_PER_REQUEST',
      attribute: [job, item, arrived].map((name) => ({ name, type: 'S' })),
      hashKey: job,
      rangeKey: item,
      localSecondaryIndex: [{ name: line, rangeKey: arrived, projectionType: 'ALL' }],
      ...tableEncryption(aws),
    });
    ({
      logGroup: this.logGroup,
      role: this.role,
      stateMachine: this.stateMachine,
      ruleRole: this.ruleRole,
    } = createSupportingStateMachine(this, {
      stackName,
      aws,
      part: RUN_PLACES,
      type: 'EXPRESS',
      statements: [
        {
          Sid: 'KeepPlaces',
          Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:UpdateItem'],
          Resource: [this.table.arn],
        },
        { Sid: 'ReadLine', Action: ['dynamodb:Query'], Resource: [`${this.table.arn}/index/${line}`] },
      ],
      document: placeKeeperDocument({ partition: aws.partition, tableName: this.table.name }),
    }));
  }

  /** Lets the state machine look at a job's runs and end their wait. Returns the resources that an event must not arrive before. */
  grantRuns(grantee: IConstruct, stateMachineArn: string, executions: string): ITerraformDependable[] {
    const granted = this.role.grant(grantee, [
      { Sid: 'LookAtRuns', Action: ['states:GetExecutionHistory'], Resource: [`${executions}:*`] },
      { Sid: 'EndWaits', Action: ['states:SendTaskSuccess'], Resource: [stateMachineArn] },
    ]);
    return [granted, ...this.ruleRole.dependencies];
  }
}
