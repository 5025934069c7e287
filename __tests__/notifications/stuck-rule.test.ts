// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import validate from 'asl-validator';
import { queueWatchDocument } from '../../modules/notifications/queue-watch-document';
import { document, job, jobsStack, Synthesis } from '../synthesis';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const BATCH_JOB =
  'arn:${data.aws_partition.batch-platform_aws_Partition.partition}:states:${data.aws_region.batch-platform_aws_Region.id}:${data.aws_caller_identity.batch-platform_aws_Account.account_id}';

function synthesize(onStuck: object | undefined) {
  const nightly = { type: 'batch-job', properties: job(onStuck && { notifications: { onStuck } }) } as const;
  const resources = { alerts: { type: 'sns-topic' }, bus: { type: 'event-bus' }, nightly } as const;
  return new Synthesis(jobsStack({}, { resources }));
}

const targetsOf = (synthesis: Synthesis) =>
  synthesis.all('aws_cloudwatch_event_target').map(({ target_id, input_transformer: transformer }) => {
    const { input_paths, input_template } = transformer as { input_paths: object; input_template: string };
    expect(input_paths).toEqual({ jobId: '$.detail.jobId' });
    return [target_id, JSON.parse(input_template)];
  });

describe('notifications.onStuck', () => {
  it('makes nothing if nobody is told', () => {
    expect(synthesize([]).types).toEqual(synthesize(undefined).types);
  });

  it('selects the jobs of this definition, and not those of one whose name is longer', () => {
    const rule = synthesize({ snsTopicName: 'alerts' }).one('aws_cloudwatch_event_rule');
    expect(rule.name).toBe('reports-nightly-waiting');
    expect(document(rule.event_pattern)).toEqual({
      source: ['aws.batch'],
      'detail-type': ['Batch Job State Change'],
      detail: {
        jobDefinition: [{ prefix: '${aws_batch_job_definition.nightly_JobDefinition.arn_prefix}:' }],
        status: ['RUNNABLE'],
      },
    });
  });

  it('starts to wait with each job, once for each time', () => {
    const synthesis = synthesize([
      { eventBusName: 'bus', afterSeconds: 7200 },
      { snsTopicName: 'alerts' },
      { snsTopicArn: ARN, afterSeconds: 3600 },
    ]);
    const input = {
      jobId: '<jobId>',
      stack: 'reports',
      job: 'nightly',
      stateMachineArn: '${aws_sfn_state_machine.nightly_StateMachine.arn}',
    };
    expect(targetsOf(synthesis)).toEqual([
      [
        'after-3600',
        {
          ...input,
          afterSeconds: 3600,
          targets: { stuck: [{ topic: '${aws_sns_topic.alerts.arn}' }, { topic: ARN }] },
        },
      ],
      [
        'after-7200',
        { ...input, afterSeconds: 7200, targets: { stuck: [{ bus: '${aws_cloudwatch_event_bus.bus.arn}' }] } },
      ],
    ]);
    const [target] = synthesis.all('aws_cloudwatch_event_target');
    expect(target).toMatchObject({
      arn: '${aws_sfn_state_machine.batch-platform_notifications_QueueWatch.arn}',
      role_arn: '${aws_iam_role.batch-platform_notifications_QueueWatch_RuleRole.arn}',
      dead_letter_config: { arn: '${aws_sqs_queue.batch-platform_notifications_Queue.arn}' },
    });
  });

  it('has a state machine that can look at jobs, start itself and the notifier, and nothing else', () => {
    const synthesis = synthesize({ snsTopicName: 'alerts' });
    const statements = (id: string) => document(synthesis.one('aws_iam_role_policy', id).policy).Statement;
    const own = `${BATCH_JOB}:stateMachine:reports-watch-queues`;
    expect(statements('QueueWatch_Role_Policy').slice(0, 2)).toEqual([
      {
        Sid: 'Notify',
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: [own, '${aws_sfn_state_machine.batch-platform_notifications.arn}'],
      },
      { Sid: 'LookAtJob', Effect: 'Allow', Action: ['batch:DescribeJobs'], Resource: ['*'] },
    ]);
    expect(statements('QueueWatch_RuleRole_Policy')).toEqual([
      {
        Sid: 'Start',
        Effect: 'Allow',
        Action: ['states:StartExecution'],
        Resource: ['${aws_sfn_state_machine.batch-platform_notifications_QueueWatch.arn}'],
      },
    ]);
    const machine = synthesis.one('aws_sfn_state_machine', 'QueueWatch');
    expect(machine).toMatchObject({ name: 'reports-watch-queues', type: 'STANDARD' });
    expect(JSON.parse(String(machine.definition)).States['Notify once'].Parameters.StateMachineArn).toBe(own);
    expect(statements('notifications_Role_Grants')).toEqual([
      { Sid: 'Publish', Effect: 'Allow', Action: ['sns:Publish'], Resource: ['${aws_sns_topic.alerts.arn}'] },
    ]);
  });
});

it('the document of the queue watch is valid Amazon States Language', () => {
  const written = queueWatchDocument({ partition: 'aws', stateMachineArn: 'arn:own', notifierArn: 'arn:notifier' });
  const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(written)));
  expect(isValid ? '' : errorsText()).toBe('');
});
