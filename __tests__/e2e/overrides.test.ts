import type { Overrides } from '../../modules/config/overrides';
import { parse } from '../../modules/config/parse';
import { ConfigError } from '../../modules/problems/config-error';
import { type BatchJobsConfig, batchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const container = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } } as const;
const TABLE = "$ResourceParam('table', 'streamArn')";

/** What people write who know AWS, by the event's place: the right part, and what a config has no property for. */
const EVENTS: readonly { readonly type: string; readonly right: object; readonly wanted: object }[] = [
  {
    type: 'sqs',
    right: { sqsQueueName: 'inbox' },
    wanted: { enabled: false },
  },
  {
    type: 'kinesis-stream',
    right: { kinesisStreamName: 'clicks' },
    wanted: { tumblingWindowInSeconds: 7 },
  },
  { type: 'dynamo-db-stream', right: { streamArn: TABLE }, wanted: { tumblingWindowInSeconds: 5 } },
];

function config(events: readonly object[], overrides: Overrides = {}): BatchJobsConfig {
  return {
    stackName: 'overridden',
    region: 'eu-west-1',
    resources: {
      inbox: { type: 'sqs-queue' },
      clicks: { type: 'kinesis-stream', properties: { shardCount: 1 } },
      table: {
        type: 'dynamo-db-table',
        properties: {
          primaryKey: { partitionKey: { name: 'id', type: 'string' } },
          streamType: 'NEW_AND_OLD_IMAGES',
          deletionProtection: false,
        },
      },
      job: {
        type: 'batch-job',
        properties: { container, resources: { cpu: 1, memory: 512 }, events: events as never },
        overrides,
      },
    },
  };
}

/** The overrides that the report of a config suggests, copied from it as a user would. */
function namedOverrides(): Overrides {
  const wanted = EVENTS.map(({ type, right, wanted: more }) => ({ type, properties: { ...right, ...more } }));
  try {
    parse(batchJobsConfig, config(wanted), 'test');
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const named: { [name: string]: Overrides[string] } = {};
    for (const { fix } of error.problems) {
      const [, json = ''] = /^remove it, and set it by resources\.job\.overrides: (.*)$/.exec(fix) ?? [];
      for (const [name, attributes] of Object.entries(JSON.parse(json) as Overrides)) {
        named[name] = { ...named[name], ...attributes };
      }
    }
    return named;
  }
  throw new Error('the config was taken');
}

describeWith([terraformAvailable(), emulatorAvailable()], 'the overrides that a report names', () => {
  let synthesized: SynthesizedStack;
  let deployment: Deployment;

  beforeAll(async () => {
    const events = EVENTS.map(({ type, right }) => ({ type, properties: right }));
    synthesized = synthesize(config(events, namedOverrides()));
    deployment = await deploy(synthesized.dir);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  const values = (type: string) =>
    [...deployment.applied.resources.values()]
      .filter((resource) => resource.type === type)
      .map((resource) => resource.values);

  it('are applied: a mapping that reads nothing', () => {
    expect(values('aws_lambda_event_source_mapping')).toContainEqual(expect.objectContaining({ enabled: false }));
  });

  it('reach Terraform with windows, which the emulator does not give back', () => {
    const mappings = Object.values(synthesized.document.resource.aws_lambda_event_source_mapping ?? {});
    for (const tumbling_window_in_seconds of [7, 5]) {
      expect(mappings).toContainEqual(expect.objectContaining({ tumbling_window_in_seconds }));
    }
  });
});
