// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import type { BatchJobProps } from '../../modules/stack-config/batch-job';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { earlierJobs } from '../../triggers/event-sources';
import type { JobEvent } from '../../triggers/events';
import { document, job, jobsStack, permissions, Synthesis } from '../synthesis';

type Events = NonNullable<BatchJobProps['events']>;

/** A stack with one job, its events and other resources. */
function synthesize(events: Events, resources: BatchJobsConfig['resources'] = {}): Synthesis {
  const nightly = { type: 'batch-job', properties: job({ events }) } as const;
  return new Synthesis(jobsStack({}, { resources: { ...resources, nightly } }));
}

/** Both ways to name the queue `dead` for what could not be delivered. */
const DEAD = [{ sqsQueueName: 'dead' }, { sqsQueueArn: "$ResourceParam('dead', 'arn')" }];

describe('an sns event', () => {
  it.each([{ snsTopicName: 'orders' }, { snsTopicArn: "$ResourceParam('orders', 'arn')" }])('by %j', (topic) => {
    const synthesis = synthesize([{ type: 'sns', properties: topic }], { orders: { type: 'sns-topic' } });
    expect(synthesis.one('aws_sns_topic_subscription').topic_arn).toBe('${aws_sns_topic.orders.arn}');
  });

  it('by the ARN of a topic of elsewhere', () => {
    const snsTopicArn = 'arn:aws:sns:eu-west-1:123456789012:theirs';
    expect(synthesize([{ type: 'sns', properties: { snsTopicArn } }]).one('aws_sns_topic_subscription').topic_arn).toBe(
      snsTopicArn,
    );
  });

  it.each(DEAD)('lets the topic send to the queue that %j names', (onDeliveryFailure) => {
    const events: Events = [{ type: 'sns', properties: { snsTopicName: 'orders', onDeliveryFailure } }];
    const synthesis = synthesize(events, { orders: { type: 'sns-topic' }, dead: { type: 'sqs-queue' } });
    expect(synthesis.one('aws_sns_topic_subscription').redrive_policy).toBe(
      '{"deadLetterTargetArn":"${aws_sqs_queue.dead.arn}"}',
    );
    expect(document(synthesis.one('aws_sqs_queue_policy', 'dead_Policy').policy).Statement[0]).toMatchObject({
      Principal: { Service: 'sns.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': [expect.stringMatching(/:sns:.*:reports-\*$/)] } },
    });
  });

  it('lets two jobs send undelivered events to one queue, with one statement', () => {
    const onDeliveryFailure = { sqsQueueName: 'dead' };
    const events: Events = [{ type: 'sns', properties: { snsTopicName: 'orders', onDeliveryFailure } }];
    const resources = { orders: { type: 'sns-topic' }, dead: { type: 'sqs-queue' } } as const;
    const jobs = Object.fromEntries(
      ['a', 'b'].map((name) => [name, { type: 'batch-job', properties: job({ events }) }]),
    ) as BatchJobsConfig['resources'];
    const synthesis = new Synthesis(jobsStack({}, { resources: { ...resources, ...jobs } }));
    expect(document(synthesis.one('aws_sqs_queue_policy', 'dead_Policy').policy).Statement).toHaveLength(2);
  });
});

describe('an sqs event', () => {
  it.each([{ sqsQueueName: 'inbox' }, { sqsQueueArn: "$ResourceParam('inbox', 'arn')" }])('by %j', (queue) => {
    const synthesis = synthesize([{ type: 'sqs', properties: queue }], { inbox: { type: 'sqs-queue' } });
    const arn = '${aws_sqs_queue.inbox.arn}';
    const { event_source_arn } = synthesis.one('aws_lambda_event_source_mapping');
    expect(event_source_arn).toBe(arn);
    expect(permissions(synthesis, 'Role_Grants')).toEqual([expect.objectContaining({ Resource: [arn] })]);
  });
});

describe('a kinesis-stream event', () => {
  it.each([{ kinesisStreamName: 'clicks' }, { streamArn: "$ResourceParam('clicks', 'arn')" }])('by %j', (stream) => {
    const onFailure = { arn: "$ResourceParam('dead', 'arn')", type: 'sqs' } as const;
    const synthesis = synthesize([{ type: 'kinesis-stream', properties: { ...stream, onFailure } }], {
      clicks: { type: 'kinesis-stream' },
      dead: { type: 'sqs-queue' },
    });
    expect(synthesis.one('aws_lambda_event_source_mapping')).toMatchObject({
      event_source_arn: '${aws_kinesis_stream.clicks.arn}',
      destination_config: { on_failure: { destination_arn: '${aws_sqs_queue.dead.arn}' } },
    });
  });
});

describe('a dynamo-db-stream event', () => {
  it('by the stream of a table of the config', () => {
    const primaryKey = { partitionKey: { name: 'id', type: 'string' } } as const;
    const events: Events = [
      { type: 'dynamo-db-stream', properties: { streamArn: "$ResourceParam('orders', 'streamArn')" } },
    ];
    const synthesis = synthesize(events, {
      orders: { type: 'dynamo-db-table', properties: { primaryKey, streamType: 'NEW_AND_OLD_IMAGES' } },
    });
    const arn = '${aws_dynamodb_table.orders.stream_arn}';
    expect(synthesis.one('aws_lambda_event_source_mapping').event_source_arn).toBe(arn);
    expect(permissions(synthesis, 'Role_Grants')).toEqual([
      expect.objectContaining({ Resource: [arn] }),
      expect.objectContaining({ Sid: 'ReportGivenUp' }),
    ]);
  });
});

describe('an application-load-balancer event', () => {
  const type = 'application-load-balancer';

  it('by the name of a load balancer, whose rules for one job share a target group', () => {
    const rule = (priority: number) => ({ loadBalancerName: 'web', priority, paths: [`/${priority}`] });
    const events: Events = [
      { type, properties: rule(1) },
      { type, properties: rule(2) },
    ];
    const synthesis = synthesize(events, { web: { type } });
    const rules = synthesis.all('aws_lb_listener_rule');
    expect(rules.map(({ listener_arn }) => listener_arn)).toEqual(
      Array(2).fill('${aws_lb_listener.web_Listener80.arn}'),
    );
    expect(synthesis.one('aws_lb_target_group').name).toBe('reports-nightly-web');
  });

  it('by the port of a listener', () => {
    const listeners = [8080, 8081].map((port) => ({ port, protocol: 'HTTP' as const }));
    const properties = { loadBalancerName: 'web', listenerPort: 8081, priority: 1, paths: ['/*'] };
    const synthesis = synthesize([{ type, properties }], { web: { type, properties: { listeners } } });
    expect(synthesis.one('aws_lb_listener_rule').listener_arn).toBe('${aws_lb_listener.web_Listener8081.arn}');
  });
});

describe('a batch-job event', () => {
  const load = { load: { type: 'batch-job', properties: job() } } as const;
  const statusesOf = (synthesis: Synthesis) =>
    JSON.parse(String(synthesis.one('aws_cloudwatch_event_rule').event_pattern)).detail;

  it.each([{ jobName: 'load' }, { stateMachineArn: "$ResourceParam('load', 'stateMachineArn')" }])('by %j', (other) => {
    const synthesis = synthesize([{ type: 'batch-job', properties: other }], load);
    expect(statusesOf(synthesis)).toEqual({
      stateMachineArn: [expect.stringMatching(/^\$\{aws_sfn_state_machine\.load_StateMachine\.arn\}$/)],
      status: ['SUCCEEDED'],
      output: [null, { 'anything-but': { prefix: '{"skipped":' } }],
    });
  });

  it('of a job that comes later in the config', () => {
    const nightly = {
      type: 'batch-job',
      properties: job({ events: [{ type: 'batch-job', properties: { jobName: 'load' } }] }),
    } as const;
    const synthesis = new Synthesis(jobsStack({}, { resources: { nightly, ...load } }));
    expect(statusesOf(synthesis).stateMachineArn[0]).toContain('load_StateMachine');
  });
});

describe('earlierJobs', () => {
  it('are the jobs of the stack, once', () => {
    const event = (properties: object) =>
      ({ type: 'batch-job', properties: { on: ['succeeded'], ...properties } }) as JobEvent;
    expect(
      earlierJobs([
        event({ jobName: 'b' }),
        event({ jobName: 'a', input: 1 }),
        event({ stateMachineArn: "$ResourceParam('b', 'stateMachineArn')", input: 2 }),
        event({ stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:x' }),
        { type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } },
      ]),
    ).toEqual(['a', 'b']);
  });

  it.each([
    [[], ['nightly']],
    [[{ type: 'batch-job', properties: { jobName: 'load' } }], ['nightly', 'load']],
  ] as const)('of %j: the job reads large events of %j', (events, names) => {
    const synthesis = synthesize([...events], { load: { type: 'batch-job', properties: job() } });
    const resources = permissions(synthesis, 'nightly_JobRole_Policy').find(
      ({ Sid }) => Sid === 'ReadLargeEvents',
    )?.Resource;
    expect(resources).toEqual(names.map((name) => expect.stringMatching(new RegExp(`/${name}/\\*$`))));
  });
});
