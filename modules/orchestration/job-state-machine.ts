import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { DynamodbTable } from '@cdktf/provider-aws/lib/dynamodb-table';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { Construct } from 'constructs';
import type { Statement } from '../access/policy';
import { ServiceRole } from '../access/service-role';
import { WRITE_STATES_LOG } from '../logging/log-delivery';
import { stateMachineName } from '../rules/job-names';
import type { AwsContext } from '../terraform/aws-context';
import { jsonLiteral } from '../terraform/literal';
import type { ItemsInput } from './item-submission-states';
import type { PlaceNeeded } from './place-states';
import { PLACES, type Places } from './places';
import type { RetryPlan } from './retry-plan';
import { type StateMachineDocumentInput, stateMachineDocument } from './state-machine-document';
import type { StateMachineDocument } from './states-language';

export interface JobStateMachineProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly plan: RetryPlan;
  /**
   * ARN of the job definition without a revision, so that each attempt uses the latest one and a deployment doesn't break running
   * executions.
   */
  readonly jobDefinitionArn: string;
  readonly jobQueueArn: string;
  /** Queue of the fallback. Required if the plan falls back to on-demand capacity. */
  readonly onDemandJobQueueArn?: string;
  /** Limits of the job, and what keeps its places. @default none */
  readonly limits?: Places & { readonly whenExceeded: 'wait' | 'skip'; readonly places: PlacesKept };
  /** The items of a job with `forEach`. @default one job for each event */
  readonly items?: ItemsInput;
  /** The function that writes the connection strings which the job's containers read. @default they read none */
  readonly stringsFunctionArn?: string;
  /** Retention of the error log, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** The table of places, and the state machine that keeps it. */
interface PlacesKept {
  readonly table: DynamodbTable;
  readonly stateMachine: SfnStateMachine;
}

/** The state machine that runs a job's attempts. A job whose first attempt succeeds takes one state transition. */
export class JobStateMachine extends Construct {
  readonly role: ServiceRole;
  readonly logGroup: CloudwatchLogGroup;
  /** The state machine's definition, before it is written as JSON. */
  readonly document: StateMachineDocument;
  readonly stateMachine: SfnStateMachine;

  constructor(scope: Construct, id: string, props: JobStateMachineProps) {
    super(scope, id);
    const { stackName, jobName, aws, plan, jobDefinitionArn, jobQueueArn, onDemandJobQueueArn, retentionDays, tags } =
      props;
    const name = stateMachineName(stackName, jobName);
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      // The prefix keeps the account's log resource policy from growing over its limit:
      // https://docs.aws.amazon.com/step-functions/latest/dg/bp-cwl.html
      name: `/aws/vendedlogs/states/${name}`,
      retentionInDays: retentionDays,
      kmsKeyId: aws.kmsKeyArn,
      tags,
    });
    this.role = new ServiceRole(this, 'Role', {
      nameParts: [stackName, jobName, 'states'],
      aws,
      service: 'states.amazonaws.com',
      condition: { StringEquals: { 'aws:SourceAccount': aws.accountId } },
      statements: stateMachineStatements({ aws, jobDefinitionArn, queueArns: [jobQueueArn, onDemandJobQueueArn] }),
      tags,
    });
    const later = [
      ...(props.limits === undefined ? [] : placeStatements(jobName, props.limits.places.table)),
      ...(props.items === undefined ? [] : [findItems(props.items)]),
      ...(props.stringsFunctionArn === undefined ? [] : [writeStrings(props.stringsFunctionArn)]),
    ];
    // Separate, so that a deployment without limits, items or connection strings removes it after it has changed the state machine.
    const grants = later.length === 0 ? [] : [this.role.grant(this, later)];
    const input = {
      plan,
      jobDefinitionArn,
      jobQueueArn,
      onDemandJobQueueArn,
      stringsFunctionArn: props.stringsFunctionArn,
      partition: aws.partition,
      place: props.limits && placeNeeded(jobName, props.limits),
    };
    this.document = documentOf(input, props.items);
    this.stateMachine = new SfnStateMachine(this, 'Resource', {
      name,
      type: 'STANDARD',
      roleArn: this.role.arn,
      definition: jsonLiteral(this.document),
      // Logs errors without the event, because events can contain sensitive data.
      loggingConfiguration: { level: 'ERROR', includeExecutionData: false, logDestination: `${this.logGroup.arn}:*` },
      tags,
      dependsOn: [
        ...this.role.dependencies,
        ...grants,
        // A place keeper of an earlier version frees places, but doesn't count them.
        ...(props.limits?.countItems ? [props.limits.places.stateMachine] : []),
      ],
    });
  }
}

function documentOf(input: StateMachineDocumentInput, items: ItemsInput | undefined): StateMachineDocument {
  if (items === undefined) return stateMachineDocument(input);
  // Loaded only if needed.
  const { itemsDocument } = require('./item-states') as typeof import('./item-states');
  return itemsDocument({ ...input, items });
}

function findItems({ functionArn }: ItemsInput): Statement {
  return { Sid: 'FindItems', Action: ['lambda:InvokeFunction'], Resource: [functionArn] };
}

function writeStrings(functionArn: string): Statement {
  return { Sid: 'WriteConnectionStrings', Action: ['lambda:InvokeFunction'], Resource: [functionArn] };
}

function placeNeeded(jobName: string, { places, ...limits }: NonNullable<JobStateMachineProps['limits']>): PlaceNeeded {
  return { ...limits, jobName, tableName: places.table.name };
}

/** What a run needs to take a place: the items of its job only. */
function placeStatements(jobName: string, table: DynamodbTable): Statement[] {
  // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
  const Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [jobName] } };
  return [
    { Sid: 'TakePlace', Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'], Resource: [table.arn], Condition },
    { Sid: 'ReadLine', Action: ['dynamodb:Query'], Resource: [`${table.arn}/index/${PLACES.line}`], Condition },
  ];
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-batch.html */
function stateMachineStatements({ aws, jobDefinitionArn, queueArns }: StateMachineAccess): Statement[] {
  return [
    {
      Sid: 'SubmitJob',
      Action: ['batch:SubmitJob'],
      Resource: [jobDefinitionArn, `${jobDefinitionArn}:*`, ...queueArns.filter((arn) => arn !== undefined)],
    },
    // DescribeJobs doesn't support resource-level permissions, and a job gets its ID only when it is submitted. Without these two actions
    // an execution hangs, or doesn't stop its job when it is stopped:
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbatch.html
    { Sid: 'FollowJob', Action: ['batch:DescribeJobs'], Resource: ['*'] },
    { Sid: 'StopJob', Action: ['batch:TerminateJob'], Resource: [aws.arn('batch', 'job/*')] },
    {
      Sid: 'WaitForJob',
      Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
      Resource: [aws.arn('events', 'rule/StepFunctionsGetEventsForBatchJobsRule')],
    },
    WRITE_STATES_LOG,
  ];
}

interface StateMachineAccess {
  readonly aws: AwsContext;
  readonly jobDefinitionArn: string;
  readonly queueArns: readonly (string | undefined)[];
}
