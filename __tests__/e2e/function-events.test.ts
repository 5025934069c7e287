import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, type PlanJson, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

type Events = NonNullable<
  NonNullable<Extract<BatchJobsConfig['resources'][string], { type: 'function' }>['properties']>['events']
>;

const FIRST: Events = [
  { type: 'sqs', properties: { sqsQueueName: 'inbox' } },
  { type: 'sns', properties: { snsTopicName: 'news' } },
  { type: 'schedule', properties: { scheduleRate: 'cron(0 9 * * ? *)', timezone: 'Europe/Berlin' } },
];
const THEN: Events = [
  ...FIRST.slice(1),
  { type: 'dynamo-db-stream', properties: { streamArn: "$ResourceParam('orders', 'streamArn')" } },
  { type: 's3', properties: { bucketArn: "$ResourceParam('files', 'arn')", s3EventType: 's3:ObjectCreated:*' } },
];

/** No job: the events invoke a function alone. */
function config(events: Events): BatchJobsConfig {
  return {
    stackName: 'function-events',
    region: 'eu-west-1',
    resources: {
      echo: {
        type: 'function',
        properties: {
          packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'fixtures/echo.ts' } },
          events,
        },
      },
      inbox: { type: 'sqs-queue', properties: { visibilityTimeoutSeconds: 60 } },
      news: { type: 'sns-topic' },
      orders: {
        type: 'dynamo-db-table',
        properties: {
          primaryKey: { partitionKey: { name: 'id', type: 'string' } },
          streamType: 'NEW_IMAGE',
          deletionProtection: false,
        },
      },
      files: { type: 'bucket', properties: { forceDestroy: true } },
    },
  };
}

function changes({ resource_changes = [] }: PlanJson): string[] {
  return resource_changes
    .filter(({ change }) => !['no-op', 'read'].includes(String(change.actions)))
    .map(({ address, change }) => `${String(change.actions)} ${address.split('.')[0]}`)
    .sort();
}

describeWith([terraformAvailable(), emulatorAvailable()], 'events of a function', () => {
  let deployment: Deployment;
  const made: SynthesizedStack[] = [];
  const stack = (events: Events): string => {
    const one = synthesize(config(events));
    made.push(one);
    return one.dir;
  };

  beforeAll(async () => {
    deployment = await deploy(stack(FIRST));
  });

  afterAll(async () => {
    await deployment?.dispose();
    for (const one of made) one.dispose();
  });

  it('are applied, and show no change when they are planned again', async () => {
    expect(await deployment.copy.plan()).toEqual({ hasChanges: false, removes: false });
  });

  it('come and go without a change to the others and to the function', async () => {
    const { copy } = deployment;
    const then = stack(THEN);
    expect(changes(await copy.planOf(then))).toEqual([
      'create aws_lambda_event_source_mapping',
      'create aws_lambda_permission',
      'create aws_s3_bucket_notification',
      'delete aws_lambda_event_source_mapping',
      'update aws_iam_role_policy',
    ]);
    await copy.applyOf(then);
    expect(await copy.plan()).toEqual({ hasChanges: false, removes: false });
  });

  it('are gone with the last one', async () => {
    const { copy } = deployment;
    await copy.applyOf(stack([]));
    const types = [...(await copy.state()).resources.values()].map(({ type }) => type);
    expect(types).toContain('aws_lambda_function');
    for (const type of ['aws_lambda_event_source_mapping', 'aws_sns_topic_subscription', 'aws_scheduler_schedule']) {
      expect(types).not.toContain(type);
    }
  });
});
