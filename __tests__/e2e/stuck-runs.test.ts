import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import type { BatchJobsConfig } from '../../modules/config/config';
import type { QueueWatchInput } from '../../modules/notifications/queue-watch-document';
import { unavailable } from './engines/moto';
import { type OperatedStack, operatedStack } from './engines/operated-stack';
import { describeWith, terraformAvailable } from './engines/terraform';

const config: BatchJobsConfig = {
  stackName: 'waits',
  region: 'eu-west-1',
  resources: {
    alerts: { type: 'sns-topic' },
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        notifications: { onStuck: { snsTopicName: 'alerts' } },
      },
    },
  },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * The queue watch of the synthesized stack on moto, with jobs in its AWS Batch. moto delivers no events of AWS Batch, so each execution is
 * started with what the rule would send. Its starts of executions, of itself and of the notifier, do not end on moto: that a waiting job is
 * reported is not shown here.
 */
describeWith([terraformAvailable(), moto], 'a run that waits', () => {
  let stack: OperatedStack;
  beforeAll(async () => {
    stack = await operatedStack(config);
    // An integration with an AWS SDK has its parameters and results in PascalCase. moto has those of AWS Batch as in its API.
    const stateMachineArn = machine(WATCH);
    const { definition = '' } = await stack.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(definition).toContain('"Jobs.$"');
    const adapted = definition
      .replace('"Jobs.$":"States', '"jobs.$":"States')
      .replace('"$.Jobs"', '"$.jobs"')
      .replace('$.Jobs[*].Status', '$.jobs[*].status');
    await stack.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: adapted }));
  }, 600_000);
  afterAll(() => stack?.stop());

  const machine = (name: string) =>
    String(
      stack.resources.find(({ type, name: id }) => type === 'aws_sfn_state_machine' && name === idOf(id))?.values.arn,
    );
  const idOf = (id: string) => id.replace(/_[0-9A-F]{8}$/, '');
  const WATCH = 'batch-platform_notifications_QueueWatch';

  /** Names of the executions of the queue watch. */
  async function watches(): Promise<string[]> {
    const { executions = [] } = await stack.sfn.send(new ListExecutionsCommand({ stateMachineArn: machine(WATCH) }));
    return executions.map(({ name = '' }) => name).sort();
  }

  async function watch(jobId: string, name: string): Promise<string | undefined> {
    const input: QueueWatchInput = {
      afterSeconds: 1,
      jobId,
      stack: 'waits',
      job: 'report',
      stateMachineArn: stack.stateMachineArn('report'),
      targets: { stuck: [{ topic: 'arn:aws:sns:eu-west-1:123456789012:waits-alerts' }] },
    };
    const start = { stateMachineArn: machine(WATCH), name, input: JSON.stringify(input) };
    const { executionArn = '' } = await stack.sfn.send(new StartExecutionCommand(start));
    return (await stack.ended(executionArn)).status;
  }

  async function jobOf(run: string): Promise<string> {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
      const jobId = (await stack.jobs(run)).at(-1)?.jobId;
      if (jobId !== undefined) return jobId;
    }
    throw new Error(`${run} has no job`);
  }

  it.each(['STARTING', 'RUNNING'])('is not reported if the job is %s by then', async (status) => {
    await stack.script('report', { ends: ['runnable'] });
    await stack.start('report', `run-${status}`);
    const jobId = await jobOf(`run-${status}`);
    await stack.tell(`run-${status}`, { status });
    expect(await watch(jobId, `watch-${status}`)).toBe('SUCCEEDED');
    expect(await watches()).not.toContain(`stuck-${jobId}-1`);
  });

  it('is not reported if AWS Batch no longer knows the job', async () => {
    expect(await watch('00000000-0000-0000-0000-000000000000', 'unknown')).toBe('SUCCEEDED');
  });
});
