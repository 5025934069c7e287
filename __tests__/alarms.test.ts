// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { BatchJob } from '../modules/batch-job';
import { configProblems, SMALLEST_JOB } from './stack-config/samples';
import { document, foreignStack, job, jobsStack, Synthesis } from './synthesis';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const topics = {
  alerts: { type: 'sns-topic' },
  ordered: { type: 'sns-topic', properties: { fifoEnabled: true } },
} as const;
const MACHINE = '${aws_sfn_state_machine.nightly_StateMachine.arn}';

type Alarms = NonNullable<ReturnType<typeof job>['alarms']>;

function synthesize(alarms: Alarms, ofStack: Alarms = {}) {
  const nightly = { type: 'batch-job', properties: job({ alarms }) } as const;
  return new Synthesis(jobsStack({}, { alarms: ofStack, resources: { alerts: topics.alerts, nightly } }));
}

describe('alarms.failedRuns', () => {
  it('counts what failed, timed out and was stopped', () => {
    const synthesis = synthesize({
      failedRuns: { threshold: 3, periodSeconds: 3600, notify: { snsTopicName: 'alerts' } },
    });
    const metric = (id: string, metric_name: string) => ({
      id,
      metric: {
        namespace: 'AWS/States',
        metric_name,
        dimensions: { StateMachineArn: MACHINE },
        stat: 'Sum',
        period: 3600,
      },
    });
    expect(synthesis.one('aws_cloudwatch_metric_alarm')).toEqual({
      alarm_name: 'reports-nightly-failed-runs',
      alarm_description: '3 or more runs of nightly (reports) failed, timed out or were stopped in 3600 seconds',
      metric_query: [
        { id: 'runs', expression: 'FILL(m0, 0) + FILL(m1, 0) + FILL(m2, 0)', label: 'Failed runs', return_data: true },
        metric('m0', 'ExecutionsFailed'),
        metric('m1', 'ExecutionsTimedOut'),
        metric('m2', 'ExecutionsAborted'),
      ],
      threshold: 3,
      comparison_operator: 'GreaterThanOrEqualToThreshold',
      evaluation_periods: 1,
      treat_missing_data: 'notBreaching',
      alarm_actions: ['${aws_sns_topic.alerts.arn}'],
      ok_actions: ['${aws_sns_topic.alerts.arn}'],
    });
  });

  it('is triggered by one run in five minutes unless it says otherwise', () => {
    const alarm = synthesize({ failedRuns: { notify: [{ snsTopicArn: ARN }] } }).one('aws_cloudwatch_metric_alarm');
    expect(alarm).toMatchObject({ threshold: 1, alarm_actions: [ARN] });
    expect(JSON.stringify(alarm)).toContain('"period":300');
  });
});

describe('alarms.oldestWaitingRun', () => {
  const synthesis = synthesize({ oldestWaitingRun: { afterSeconds: 900, notify: { snsTopicName: 'alerts' } } });

  it('is triggered while a run is counted that has waited for longer', () => {
    expect(synthesis.one('aws_cloudwatch_metric_alarm')).toMatchObject({
      alarm_name: 'reports-nightly-oldest-waiting-run',
      namespace: 'BatchJobs',
      metric_name: 'RunsWaiting',
      dimensions: { Stack: 'reports', Job: 'nightly' },
      statistic: 'Sum',
      period: 300,
      evaluation_periods: 2,
      datapoints_to_alarm: 1,
      threshold: 1,
      treat_missing_data: 'notBreaching',
    });
  });

  it('has each job watched from its entry into the queue, and counted', () => {
    const { input_transformer: transformer } = synthesis.one('aws_cloudwatch_event_target');
    expect(JSON.parse((transformer as { input_template: string }).input_template)).toEqual({
      jobId: '<jobId>',
      stack: 'reports',
      job: 'nightly',
      stateMachineArn: MACHINE,
      afterSeconds: 900,
      targets: { stuck: [] },
      count: true,
    });
    const { States } = JSON.parse(String(synthesis.one('aws_sfn_state_machine', 'QueueWatch').definition));
    expect(States.Count).toMatchObject({
      Resource: expect.stringMatching(/:aws-sdk:cloudwatch:putMetricData$/),
      Parameters: {
        Namespace: 'BatchJobs',
        MetricData: [
          {
            MetricName: 'RunsWaiting',
            Value: 1,
            Dimensions: [
              { Name: 'Stack', 'Value.$': '$.stack' },
              { Name: 'Job', 'Value.$': '$.job' },
            ],
          },
        ],
      },
      ResultPath: null,
      Next: 'Wait again',
    });
    expect(States['Wait again']).toEqual({ Type: 'Wait', Seconds: 300, Next: 'Look' });
  });

  it('may put metrics into its namespace only', () => {
    const { Statement } = document(synthesis.one('aws_iam_role_policy', 'QueueWatch_Role_Policy').policy);
    expect(Statement).toContainEqual({
      Sid: 'CountWaitingRuns',
      Effect: 'Allow',
      Action: ['cloudwatch:PutMetricData'],
      Resource: ['*'],
      Condition: { StringEquals: { 'cloudwatch:namespace': 'BatchJobs' } },
    });
  });
});

describe('alarms', () => {
  it('make nothing if there is nobody to notify', () => {
    const none = synthesize({}).types;
    expect(synthesize({ failedRuns: { notify: [] }, oldestWaitingRun: { notify: [] } }).types).toEqual(none);
    expect(
      synthesize({ failedRuns: { notify: [] } }, { failedRuns: { notify: { snsTopicName: 'alerts' } } }).types,
    ).toEqual(none);
  });

  it("are the stack's unless the job has its own", () => {
    const alarm = synthesize({}, { failedRuns: { threshold: 2, notify: { snsTopicName: 'alerts' } } });
    expect(alarm.one('aws_cloudwatch_metric_alarm')).toMatchObject({ threshold: 2 });
  });

  it('can all publish to a topic of the stack by one statement of its policy', () => {
    const notify = { snsTopicName: 'alerts' };
    const jobs = Object.fromEntries(
      ['a', 'b'].map((name) => [name, { type: 'batch-job', properties: job() } as const]),
    );
    const stack = jobsStack(
      {},
      {
        alarms: { failedRuns: { notify }, oldestWaitingRun: { notify } },
        resources: { ...jobs, alerts: topics.alerts },
      },
    );
    const { Statement } = document(new Synthesis(stack).one('aws_sns_topic_policy').policy);
    expect(Statement.map(({ Sid }) => Sid)).toEqual(['Owner', 'AlarmsOfJobs', 'TlsOnly']);
    expect(Statement[1]).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: { ArnLike: { 'aws:SourceArn': expect.stringMatching(/:alarm:reports-\*$/) } },
    });
  });

  it.each([
    [{ failedRuns: {} }, 'failedRuns.notify: add it: it is required'],
    [{ failedRuns: { notify: {} } }, 'failedRuns.notify: add snsTopicName or snsTopicArn'],
    [{ failedRuns: { notify: { snsTopicName: 'alert' } } }, 'failedRuns.notify.snsTopicName: did you mean "alerts"?'],
    [
      { failedRuns: { notify: [{ snsTopicName: 'ordered' }] } },
      'failedRuns.notify[0].snsTopicName: use a standard topic: mail and text messages, which people read, come from standard topics only',
    ],
    [{ failedRuns: { periodSeconds: 90, notify: [] } }, 'failedRuns.periodSeconds: use 120'],
    [
      { failedRuns: { periodSeconds: 30, notify: [] } },
      'failedRuns.periodSeconds: use 60 to 86,400 seconds: CloudWatch evaluates at most one day',
    ],
    [
      { failedRuns: { periodSeconds: 90_000, notify: [] } },
      'failedRuns.periodSeconds: use 86400: CloudWatch evaluates at most one day',
    ],
    [{ failedRuns: { threshold: 0, notify: [] } }, 'failedRuns.threshold: use 1'],
    [
      { failedRuns: { notify: Array(6).fill({ snsTopicName: 'alerts' }) } },
      'failedRuns.notify: subscribe several queues or functions to one topic',
    ],
    [
      { oldestWaitingRun: { afterSeconds: 1, notify: [] } },
      'oldestWaitingRun.afterSeconds: use 60 to 2,592,000 seconds: a run often waits for a minute, until an instance has started',
    ],
    [
      { failedRuns: { notify: { snsTopicArn: ARN.replace('eu-west-1', 'us-east-1') } } },
      'failedRuns.notify.snsTopicArn: use a resource in eu-west-1, or set region to us-east-1',
    ],
  ])('refuses %j, in the stack and in a job', (alarms, fix) => {
    const problems = (more: object, resources: object) =>
      configProblems({ stackName: 'reports', region: 'eu-west-1', ...more, resources: { ...topics, ...resources } });
    const shown = (list: ReturnType<typeof problems>) =>
      list.map((one) => `${one.path.replace(/^.*alarms\./, '')}: ${one.fix}`);
    expect(shown(problems({ alarms }, {}))).toEqual([fix]);
    expect(shown(problems({}, { nightly: { type: 'batch-job', properties: { ...SMALLEST_JOB, alarms } } }))).toEqual([
      fix,
    ]);
  });
});

describe('BatchJob', () => {
  const make = (alarms: object) => {
    const stack = foreignStack('reports');
    new BatchJob(stack, 'nightly', { ...job(), events: [], connectTo: [], volumes: [], notifications: {}, alarms });
    return new Synthesis(stack);
  };

  it('takes topics as objects, and ARNs', () => {
    const alarms = { failedRuns: { notify: [{ topic: { arn: ARN } }, { snsTopicArn: ARN }] } };
    expect(make(alarms).one('aws_cloudwatch_metric_alarm')).toMatchObject({ alarm_actions: [ARN, ARN], threshold: 1 });
  });

  it.each([
    [
      { failedRuns: { notify: { snsTopicName: 'alerts' } } },
      /alarms\.failedRuns\.notify[\s\S]*|names are resolved only in a config file/,
    ],
    [
      { failedRuns: { notify: { bus: { arn: 'arn:bus' } } } },
      /CloudWatch puts an event about each alarm on the default bus itself/,
    ],
    [{ failedRuns: { threshold: 0, notify: [] } }, /alarms\.failedRuns\.threshold/],
    [{ failed: { notify: [] } }, /alarms\.failed/],
  ])('refuses %j', (alarms, message) => {
    expect(() => make(alarms)).toThrow(message);
  });
});
