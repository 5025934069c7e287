import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { describeWith, terraformAvailable, type Workspace, workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

type Resources = BatchJobsConfig['resources'];
type Job = Extract<Resources[string], { type: 'batch-job' }>;
type Events = NonNullable<Job['properties']['events']>;

function many<Item>(count: number, item: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => item(index));
}

/** A job behind as many queues, schedules and routes, which may use half as many topics. */
function config(count: number): BatchJobsConfig {
  const queues = many(count, (index) => `inboxOfThings${index}`);
  const topics = many(count / 2, (index) => `news${index}`);
  const events: Events = [
    ...queues.map((sqsQueueName): Events[number] => ({ type: 'sqs', properties: { sqsQueueName } })),
    ...many(count, (index): Events[number] => ({
      type: 'schedule',
      properties: { scheduleRate: `rate(${index + 2} minutes)` },
    })),
    ...many(count, (index): Events[number] => ({
      type: 'http-api-gateway',
      properties: { httpApiGatewayName: 'api', method: 'GET', path: `/${index}` },
    })),
  ];
  const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;
  const resources: Resources = {
    api: { type: 'http-api-gateway' },
    ...Object.fromEntries(queues.map((queue) => [queue, { type: 'sqs-queue' } as const])),
    ...Object.fromEntries(topics.map((topic) => [topic, { type: 'sns-topic' } as const])),
    nightly: {
      type: 'batch-job',
      properties: { container: { packaging }, resources: { cpu: 1, memory: 512 }, events, connectTo: topics },
    },
  };
  return { stackName: 'crowded', region: 'eu-west-1', resources };
}

describeWith([terraformAvailable()], 'a job with many events and connections', () => {
  let synthesized: SynthesizedStack;
  let copy: Workspace;

  beforeAll(async () => {
    synthesized = synthesize(config(200));
    copy = workspace(synthesized.dir);
    await copy.init();
  });

  afterAll(() => {
    copy?.dispose();
    synthesized?.dispose();
  });

  it('is accepted by the provider', async () => {
    expect(await copy.validate()).toEqual([]);
  });

  it('is one where every queue waits for the policy that names it', () => {
    const { resource } = synthesized.document;
    const policies = Object.entries(resource.aws_iam_policy ?? {});
    expect(policies.length).toBeGreaterThan(1);
    for (const mapping of Object.values(resource.aws_lambda_event_source_mapping ?? {})) {
      const [attachment = ''] = mapping.depends_on as string[];
      const { policy_arn: arn } = resource.aws_iam_role_policy_attachment?.[attachment.split('.')[1] ?? ''] ?? {};
      const [, { policy } = {}] = policies.find(([id]) => arn === `\${aws_iam_policy.${id}.arn}`) ?? [];
      expect(policy).toContain(String(mapping.event_source_arn));
    }
  });
});
