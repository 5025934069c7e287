import { runsIn } from '../../../cli/operate/lost-runs';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';

const job = (architecture: 'x86_64' | 'arm64') => ({
  type: 'batch-job' as const,
  properties: {
    container: { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512, architecture },
  },
});

const config: BatchJobsConfig = {
  stackName: 'lost',
  region: 'eu-west-1',
  resources: { etl: job('arm64'), report: job('x86_64'), idle: job('x86_64') },
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'runs that a plan would lose', () => {
  const environmentOfTests = process.env;
  let stack: OperatedStack;

  beforeAll(async () => {
    stack = await operatedStack(config);
    process.env = { ...stack.env };
    await stack.script('etl', { ends: ['running'] });
    await stack.script('report', { ends: ['runnable'] });
  });
  afterAll(async () => {
    process.env = environmentOfTests;
    await stack?.stop();
  });

  it('are those in progress, by the state machine and by the queue that is lost', async () => {
    await stack.script('idle', { ends: [0] });
    await stack.run('idle', 'idle-1');
    await stack.start('etl', 'etl-1');
    await stack.start('etl', 'etl-2');
    await stack.start('report', 'report-1');
    await Promise.all([
      ...['etl-1', 'etl-2'].map((name) => stack.job(name, 'RUNNING')),
      stack.job('report-1', 'RUNNABLE'),
    ]);
    const queues = stack.resources.filter(({ type }) => type === 'aws_batch_job_queue');
    const queueOf = (kind: string) => String(queues.find(({ name }) => name.includes(kind))?.values.arn);
    const arns = [stack.stateMachineArn('etl'), stack.stateMachineArn('idle'), queueOf('arm64'), queueOf('x86-64')];
    const runs = await runsIn(arns, 'eu-west-1');
    expect(arns.map((arn) => [...(runs.get(arn) ?? [])].sort())).toEqual([
      ['etl-1', 'etl-2'],
      [],
      ['etl-1', 'etl-2'],
      ['report-1'],
    ]);
  });

  it('are asked for in the region of the stack, which must be known', async () => {
    expect(await runsIn([])).toEqual(new Map());
    await expect(runsIn(['arn:aws:states:eu-west-1:1:stateMachine:a'])).rejects.toThrow(
      'The AWS region is unknown, so --aws cannot ask for runs. Set region in the config, or AWS_REGION.',
    );
  });

  it('are a failure if AWS refuses to name them', async () => {
    stack.front.reset();
    await expect(runsIn([`${stack.stateMachineArn('etl')}-gone`], 'eu-west-1')).rejects.toThrow(/does not exist/i);
  });
});
