// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import validate from 'asl-validator';
import { BatchJob } from '../../modules/batch-job';
import { BatchPlatform } from '../../modules/batch-platform';
import { notifierDocument } from '../../modules/notifications/notifier-document';
import { document, foreignStack, job, jobsStack, Synthesis } from '../synthesis';
import { evaluated } from './jsonata';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alerts';
const companions = { alerts: { type: 'sns-topic' }, bus: { type: 'event-bus' } } as const;
const MACHINE = '${aws_sfn_state_machine.batch-platform_notifications.arn}';
const HERE =
  '${data.aws_region.batch-platform_aws_Region.id}:${data.aws_caller_identity.batch-platform_aws_Account.account_id}';

type Properties = Parameters<typeof job>[0];

function synthesize(jobs: { readonly [name: string]: Properties }, notifications = {}) {
  const resources = Object.entries(jobs).map(([name, properties]) => [
    name,
    { type: 'batch-job', properties: job(properties) },
  ]);
  return new Synthesis(
    jobsStack({}, { notifications, resources: { ...companions, ...Object.fromEntries(resources) } }),
  );
}

const added = (notifications: object) => {
  const without = new Set(Object.keys(addresses(synthesize({ nightly: {} }))));
  return Object.keys(addresses(synthesize({ nightly: { notifications } }))).filter((address) => !without.has(address));
};
const addresses = (synthesis: Synthesis) =>
  Object.fromEntries(
    Object.keys(synthesis.section('resource') as object).flatMap((type) =>
      Object.entries(synthesis.byId(type)).map(([id, block]) => [`${type}.${id}`, block]),
    ),
  );
const inputOf = (synthesis: Synthesis, idEnd = '') => {
  const { input_transformer: transformer } = synthesis.one('aws_cloudwatch_event_target', idEnd);
  const { input_paths, input_template } = transformer as { input_paths: object; input_template: string };
  expect(input_paths).toEqual({ detail: '$.detail' });
  return JSON.parse(input_template.replace('<detail>', '"<detail>"'));
};

describe('notifications of a job', () => {
  it('make nothing if nobody is told', () => {
    expect(added({})).toEqual([]);
    expect(added({ onFailure: [], onSuccess: [] })).toEqual([]);
  });

  it('make one rule for each job, and the notifier once', () => {
    expect(added({ onFailure: { snsTopicName: 'alerts' }, onSuccess: { eventBusName: 'bus' } }).sort()).toEqual(
      [
        // Which ends of which job, and how they start the notifier.
        'aws_cloudwatch_event_rule.nightly_RunEnded_Rule',
        'aws_cloudwatch_event_target.nightly_RunEnded_Target',
        // Errors of the notifier.
        'aws_cloudwatch_log_group.batch-platform_notifications_LogGroup',
        // What rules and the notifier can do.
        'aws_iam_role.batch-platform_notifications_Role',
        'aws_iam_role.batch-platform_notifications_RuleRole',
        'aws_iam_role_policy.batch-platform_notifications_Role_Grants',
        'aws_iam_role_policy.batch-platform_notifications_Role_Policy',
        'aws_iam_role_policy.batch-platform_notifications_RuleRole_Policy',
        'aws_sfn_state_machine.batch-platform_notifications',
        // What no target accepted.
        'aws_sqs_queue.batch-platform_notifications_Queue',
      ].sort(),
    );
    const two = synthesize({ nightly: {}, weekly: {} }, { onFailure: { snsTopicName: 'alerts' } });
    expect(two.all('aws_sfn_state_machine')).toHaveLength(3);
    expect(two.all('aws_cloudwatch_event_rule').map(({ name }) => name)).toEqual([
      'reports-nightly-run-ended',
      'reports-weekly-run-ended',
    ]);
  });

  it.each([
    [{ onFailure: { snsTopicName: 'alerts' } }, ['FAILED', 'TIMED_OUT', 'ABORTED']],
    [{ onSuccess: { snsTopicName: 'alerts' } }, ['SUCCEEDED']],
    [
      { onFailure: { snsTopicName: 'alerts' }, onSuccess: { snsTopicName: 'alerts' } },
      ['FAILED', 'TIMED_OUT', 'ABORTED', 'SUCCEEDED'],
    ],
  ])('select the ends of this state machine only: %j', (notifications, status) => {
    expect(document(synthesize({ nightly: { notifications } }).one('aws_cloudwatch_event_rule').event_pattern)).toEqual(
      {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: ['${aws_sfn_state_machine.nightly_StateMachine.arn}'], status },
      },
    );
  });

  it('start the notifier with the job, its targets, and the detail of the event', () => {
    const synthesis = synthesize({
      nightly: {
        retryConfig: { attempts: 3 },
        notifications: {
          onFailure: [{ snsTopicArn: ARN }, { snsTopicName: 'alerts' }],
          onSuccess: { eventBusName: 'bus' },
        },
      },
    });
    expect(inputOf(synthesis)).toEqual({
      stack: 'reports',
      job: 'nightly',
      attempts: 3,
      logGroup: '${aws_cloudwatch_log_group.nightly_LogGroup.name}',
      targets: {
        failed: [{ topic: ARN }, { topic: '${aws_sns_topic.alerts.arn}' }],
        succeeded: [{ bus: '${aws_cloudwatch_event_bus.bus.arn}' }],
      },
      detail: '<detail>',
    });
    expect(synthesis.one('aws_cloudwatch_event_target')).toMatchObject({
      rule: '${aws_cloudwatch_event_rule.nightly_RunEnded_Rule.name}',
      arn: MACHINE,
      role_arn: '${aws_iam_role.batch-platform_notifications_RuleRole.arn}',
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: '${aws_sqs_queue.batch-platform_notifications_Queue.arn}' },
      depends_on: [
        'aws_iam_role_policy.batch-platform_notifications_Role_Grants',
        'aws_iam_role.batch-platform_notifications_RuleRole',
        'aws_iam_role_policy.batch-platform_notifications_RuleRole_Policy',
      ],
    });
  });

  it('name no log group if there is none', () => {
    expect(
      inputOf(
        synthesize({ nightly: { logging: { disabled: true }, notifications: { onFailure: { snsTopicArn: ARN } } } }),
      ),
    ).not.toHaveProperty('logGroup');
  });

  it("replace the stack's, each kind by itself", () => {
    const stack = { onFailure: { snsTopicName: 'alerts' }, onSuccess: { eventBusName: 'bus' } };
    const synthesis = synthesize(
      {
        asTheStack: {},
        other: { notifications: { onFailure: { snsTopicArn: ARN } } },
        halfOff: { notifications: { onSuccess: [] } },
        off: { notifications: { onFailure: [], onSuccess: [] } },
      },
      stack,
    );
    const [alerts, bus] = [{ topic: '${aws_sns_topic.alerts.arn}' }, { bus: '${aws_cloudwatch_event_bus.bus.arn}' }];
    expect(inputOf(synthesis, 'asTheStack_RunEnded_Target').targets).toEqual({ failed: [alerts], succeeded: [bus] });
    expect(inputOf(synthesis, 'other_RunEnded_Target').targets).toEqual({ failed: [{ topic: ARN }], succeeded: [bus] });
    expect(inputOf(synthesis, 'halfOff_RunEnded_Target').targets).toEqual({ failed: [alerts], succeeded: [] });
    expect(synthesis.all('aws_cloudwatch_event_rule')).toHaveLength(3);
  });

  it('can be changed by overrides', () => {
    const resources = {
      alerts: { type: 'sns-topic' },
      nightly: {
        type: 'batch-job',
        overrides: { RunEndedRule: { state: 'DISABLED' } },
        properties: job({ notifications: { onFailure: { snsTopicName: 'alerts' } } }),
      },
    } as const;
    expect(new Synthesis(jobsStack({}, { resources })).one('aws_cloudwatch_event_rule').state).toBe('DISABLED');
  });
});

describe('the notifier', () => {
  const synthesis = synthesize(
    { nightly: { notifications: { onFailure: [{ snsTopicArn: ARN }, { eventBusName: 'bus' }] } }, weekly: {} },
    { onFailure: { snsTopicName: 'alerts' } },
  );

  it('is an EXPRESS state machine, so that it takes nothing from the runs, and logs errors without messages', () => {
    expect(synthesis.one('aws_sfn_state_machine', 'notifications')).toMatchObject({
      name: 'reports-send-notifications',
      type: 'EXPRESS',
      logging_configuration: {
        level: 'ERROR',
        include_execution_data: false,
        log_destination: '${aws_cloudwatch_log_group.batch-platform_notifications_LogGroup.arn}:*',
      },
    });
    expect(synthesis.one('aws_cloudwatch_log_group', 'notifications_LogGroup').name).toBe(
      '/aws/vendedlogs/states/reports-send-notifications',
    );
  });

  it('can publish to the topics and put events on the buses that are named, and no others', () => {
    const statements = (id: string) => document(synthesis.one('aws_iam_role_policy', id).policy).Statement;
    expect(statements('notifications_Role_Grants')).toEqual([
      { Sid: 'Publish', Effect: 'Allow', Action: ['sns:Publish'], Resource: [ARN, '${aws_sns_topic.alerts.arn}'] },
      {
        Sid: 'PutEvents',
        Effect: 'Allow',
        Action: ['events:PutEvents'],
        Resource: ['${aws_cloudwatch_event_bus.bus.arn}'],
      },
    ]);
    expect(
      statements('notifications_Role_Policy').map(({ Sid, Action, Resource }) => [Sid, Action.length, Resource]),
    ).toEqual([
      ['KeepUndelivered', 1, ['${aws_sqs_queue.batch-platform_notifications_Queue.arn}']],
      ['WriteLog', 8, ['*']],
    ]);
    expect(statements('notifications_RuleRole_Policy')).toEqual([
      { Sid: 'Start', Effect: 'Allow', Action: ['states:StartExecution'], Resource: [MACHINE] },
    ]);
  });

  it('and its rules can be used for this account only', () => {
    for (const [id, service] of [
      ['notifications_Role', 'states'],
      ['notifications_RuleRole', 'events'],
    ] as const) {
      expect(document(synthesis.one('aws_iam_role', id).assume_role_policy).Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: `${service}.amazonaws.com` },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.batch-platform_aws_Account.account_id}' },
          },
        },
      ]);
    }
  });

  it('keeps what it could not send in a queue of its own, which accepts rules over TLS only', () => {
    const { policy, ...queue } = synthesis.one('aws_sqs_queue', 'notifications_Queue');
    expect(queue).toEqual({
      name: 'reports-undelivered-notifications',
      message_retention_seconds: 1_209_600,
      sqs_managed_sse_enabled: true,
    });
    expect(document(policy).Statement).toMatchObject([
      {
        Sid: 'DeadLettersOfRules',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: {
          ArnLike: {
            'aws:SourceArn': `arn:\${data.aws_partition.batch-platform_aws_Partition.partition}:events:${HERE}:rule/*`,
          },
        },
      },
      { Sid: 'TlsOnly', Effect: 'Deny', Principal: '*' },
    ]);
  });

  it('needs no change of a topic: its role is of the account that the topic trusts', () => {
    expect(document(synthesis.one('aws_sns_topic_policy').policy).Statement.map(({ Sid }) => Sid)).toEqual([
      'Owner',
      'TlsOnly',
    ]);
  });
});

describe('the document of the notifier', () => {
  const written = notifierDocument({ partition: 'aws-cn', undeliveredUrl: 'https://queue' });

  it('is valid Amazon States Language', () => {
    const { isValid, errorsText } = validate(JSON.parse(JSON.stringify(written)));
    expect(isValid ? '' : errorsText()).toBe('');
  });

  it('calls the services of its partition', () => {
    const { Publish, 'Put event': put, Keep } = written.States.Send.ItemProcessor.States;
    expect([Publish.Resource, put.Resource, Keep.Resource]).toEqual([
      'arn:aws-cn:states:::sns:publish',
      'arn:aws-cn:states:::events:putEvents',
      'arn:aws-cn:states:::sqs:sendMessage',
    ]);
  });

  it('sends people the text and programs the document', async () => {
    const note = {
      subject: 'S',
      short: 'shorter',
      text: 'a mail',
      detail: { kind: 'failed', job: 'nightly', stack: 'reports' },
    };
    const { Message, MessageStructure, MessageAttributes } = written.States.Send.ItemProcessor.States.Publish.Arguments;
    const value = async (text: string) =>
      evaluated<string>(text.slice(3, -3).replaceAll('$note', '$states.note'), { note });
    const json = JSON.stringify(note.detail);
    expect(MessageStructure).toBe('json');
    expect(JSON.parse(await value(Message))).toEqual({
      default: 'a mail',
      sms: 'shorter',
      'email-json': json,
      firehose: json,
      http: json,
      https: json,
      lambda: json,
      sqs: json,
    });
    expect(await value(MessageAttributes.kind.StringValue)).toBe('failed');
    expect(await value(MessageAttributes.job.StringValue)).toBe('nightly');
    expect(await value(MessageAttributes.stack.StringValue)).toBe('reports');
  });

  it.each([
    ['succeeded', [{ bus: 'a' }]],
    ['failed', [{ topic: 'b' }, { topic: 'c' }]],
    ['stuck', [{ topic: 'd' }]],
  ])('sends a message of the kind %s to %j, one or several', async (kind, expected) => {
    const targets = { succeeded: [{ bus: 'a' }], failed: [{ topic: 'b' }, { topic: 'c' }], stuck: [{ topic: 'd' }] };
    const items = written.States.Send.Items.slice(3, -3).replaceAll('$note', '$states.note');
    expect(await evaluated(items, { input: { targets }, note: { detail: { kind } } })).toEqual(expected);
  });

  it('writes another message for a run that waits', async () => {
    const [{ Condition, Next } = { Condition: '', Next: '' }] = written.States.Write.Choices;
    expect(Next).toBe('Write that it waits');
    expect(await evaluated(Condition.slice(3, -3), { input: { waiting: {} } })).toBe(true);
    expect(await evaluated(Condition.slice(3, -3), { input: { detail: {} } })).toBe(false);
  });
});

describe('BatchJob', () => {
  const problems = (notifications: object) => {
    const stack = foreignStack();
    try {
      new BatchJob(stack, 'nightly', { ...job(), events: [], connectTo: [], volumes: [], notifications, alarms: {} });
      return [];
    } catch (error) {
      return (error as { problems: { path: string; fix: string }[] }).problems.map(
        ({ path, fix }) => `${path}: ${fix}`,
      );
    }
  };

  it('takes topics and buses as objects, and ARNs', () => {
    const stack = foreignStack();
    const platform = new BatchPlatform(stack, 'platform', { stackName: 'reports' });
    new BatchJob(stack, 'nightly', {
      ...job(),
      events: [],
      connectTo: [],
      volumes: [],
      alarms: {},
      platform,
      notifications: {
        onFailure: [{ topic: { arn: ARN } }, { snsTopicArn: ARN }],
        onSuccess: { bus: { arn: 'arn:bus' } },
      },
    });
    expect(inputOf(new Synthesis(stack)).targets).toEqual({
      failed: [{ topic: ARN }, { topic: ARN }],
      succeeded: [{ bus: 'arn:bus' }],
    });
  });

  it.each([
    [{ onFail: [] }, 'notifications.onFail: did you mean "onFailure"?'],
    [{ onFailure: 'alerts' }, 'notifications.onFailure: give one of these'],
    [
      { onFailure: [{ snsTopicName: 'alerts' }] },
      'notifications.onFailure[0]: give topic: names are resolved only in a config file',
    ],
    [
      { onFailure: { eventBusName: 'bus' } },
      'notifications.onFailure: give bus: names are resolved only in a config file',
    ],
    [
      { onSuccess: { topic: { arn: `${ARN}.fifo` } } },
      'notifications.onSuccess: use a standard topic: mail and text messages, which people read, come from standard topics only',
    ],
    [{ onSuccess: { topic: {} } }, 'notifications.onSuccess: give topic an object with an arn'],
    [{ onSuccess: {} }, 'notifications.onSuccess: give one of these'],
    [
      { onSuccess: { topic: { arn: ARN }, bus: { arn: ARN } } },
      'notifications.onSuccess: keep topic, and give others as further targets',
    ],
    [{ onStuck: { afterSeconds: 60 } }, 'notifications.onStuck: give one of these'],
    [{ onStuck: 'alerts' }, 'notifications.onStuck: give one of these'],
    [
      { onStuck: [{ topic: { arn: ARN }, afterSeconds: 5 }] },
      'notifications.onStuck[0].afterSeconds: use 60 to 2,592,000 seconds: a run often waits for a minute, until an instance has started',
    ],
    [{ onSuccess: { snsTopicArn: 'alerts' } }, `notifications.onSuccess: write an ARN such as ${ARN}`],
  ])('refuses %j', (notifications, ...fixes) => {
    expect(problems(notifications)).toEqual(fixes);
  });
});
