import {
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import type { QueueWatchInput } from '../../modules/notifications/queue-watch-document';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { evaluated } from '../notifications/jsonata';
import { unavailable } from './engines/moto';
import { type OperatedStack, operatedStack } from './engines/operated-stack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { until } from './engines/until';

const alerts = { snsTopicName: 'alerts' };
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
        notifications: { onStuck: alerts },
        alarms: { oldestWaitingRun: { afterSeconds: 60, notify: alerts } },
      },
    },
  },
};

const MISFIT = "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's resources fit no instance";

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

/**
 * The queue watch of the synthesized stack on moto, with jobs in its AWS Batch. moto delivers no events of AWS Batch, so each execution is
 * started with what the rule sends, and waits for a second instead of the config's time. What the notifier is started with is read from its
 * execution. Its messages are evaluated here, as its document has them.
 */
describeWith([terraformAvailable(), moto], 'a run that waits', () => {
  let stack: OperatedStack;
  beforeAll(async () => {
    stack = await operatedStack(config);
  });
  afterAll(() => stack?.stop());

  const machine = (id: string) => String(stack.resource('aws_sfn_state_machine', id).values.arn);
  const WATCH = 'batch-platform_notifications_QueueWatch';
  const notifier = () => machine(WATCH).replace(/watch-queues$/, 'send-notifications');

  /** Names and ARNs of the executions of a state machine. */
  async function executions(stateMachineArn: string): Promise<Map<string, string>> {
    const { executions: found = [] } = await stack.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
    return new Map(found.map(({ name = '', executionArn = '' }) => [name, executionArn]));
  }

  /** What the rule's target sends, with another time. */
  function input(target: 'after-3600' | 'count', jobId: string): QueueWatchInput {
    const found = stack.resources.find(
      ({ type, values }) => type === 'aws_cloudwatch_event_target' && values.target_id === target,
    );
    const [transformer] = (found?.values.input_transformer ?? []) as { readonly input_template: string }[];
    const template = String(transformer?.input_template).replace('<jobId>', jobId);
    return { ...(JSON.parse(template) as QueueWatchInput), afterSeconds: 1 };
  }

  async function start(name: string, given: QueueWatchInput): Promise<string> {
    const request = { stateMachineArn: machine(WATCH), name, input: JSON.stringify(given) };
    return (await stack.sfn.send(new StartExecutionCommand(request))).executionArn ?? '';
  }

  const watch = async (jobId: string, name: string) =>
    (await stack.ended(await start(name, input('after-3600', jobId)))).status;

  async function jobOf(run: string): Promise<string> {
    return (await stack.job(run, 'RUNNABLE')).jobId ?? '';
  }

  async function waitingJob(run: string): Promise<string> {
    await stack.script('report', { ends: ['runnable'] });
    await stack.start('report', run);
    return jobOf(run);
  }

  it('is reported once, with the reason that AWS Batch gives, word by word', async () => {
    const jobId = await waitingJob('run-1');
    await stack.tell('run-1', { status: 'RUNNABLE', statusReason: MISFIT });
    expect(await watch(jobId, 'entered')).toBe('SUCCEEDED');
    const once = (await executions(machine(WATCH))).get(`stuck-${jobId}-1`) ?? '';
    expect((await stack.ended(once)).status).toBe('SUCCEEDED');
    // An event that is delivered twice, or a Spot interruption: it is RUNNABLE again.
    expect(await watch(jobId, 'entered-again')).toBe('SUCCEEDED');
    expect([...(await executions(machine(WATCH))).keys()].filter((name) => name.startsWith('stuck-'))).toHaveLength(1);

    const notified = [...(await executions(notifier())).values()];
    expect(notified).toHaveLength(1);
    const { input: sent = '' } = await stack.sfn.send(new DescribeExecutionCommand({ executionArn: notified[0] }));
    const { definition = '' } = await stack.sfn.send(new DescribeStateMachineCommand({ stateMachineArn: notifier() }));
    const { States } = JSON.parse(definition);
    const of = <Value>(expression: string) =>
      evaluated<Value>(expression.slice(3, -3), { input: JSON.parse(sent) as object });
    expect(States.Write.Choices[0].Next).toBe('Write that it waits');
    expect(await of<boolean>(States.Write.Choices[0].Condition)).toBe(true);
    const { text, subject } = await of<{ text: string; subject: string }>(States['Write that it waits'].Assign.note);
    const [account, region] = [notifier().split(':')[4], notifier().split(':')[3]];
    const run = `arn:aws:states:${region}:${account}:execution:waits-report:run-1`;
    const consoleUrl = `https://${region}.console.aws.amazon.com`;
    expect(subject).toBe('report is waiting (waits)');
    expect(text).toBe(`\
report has waited in the queue for more than 0 min: ${MISFIT}

Run         run-1
Stack       waits in ${region}, account ${account}
Status      RUNNABLE in ${String((await stack.jobs('run-1'))[0]?.jobQueue)
      .split('/')
      .at(-1)}

Find out    npx batch-jobs why run-1
See it      npx batch-jobs show run-1
Stop it     npx batch-jobs stop run-1

Execution   ${consoleUrl}/states/home?region=${region}#/v2/executions/details/${run}
Job         ${consoleUrl}/batch/home?region=${region}#jobs/ec2/detail/${jobId}`);
  });

  it.each(['STARTING', 'RUNNING'])('is not reported if the job is %s by then', async (status) => {
    const jobId = await waitingJob(`run-${status}`);
    await stack.tell(`run-${status}`, { status });
    expect(await watch(jobId, `watch-${status}`)).toBe('SUCCEEDED');
    expect([...(await executions(machine(WATCH))).keys()]).not.toContain(`stuck-${jobId}-1`);
  });

  it('is not reported if AWS Batch no longer knows the job', async () => {
    expect(await watch('00000000-0000-0000-0000-000000000000', 'unknown')).toBe('SUCCEEDED');
  });

  it('is counted for its alarm for as long as it waits', async () => {
    const stateMachineArn = machine(WATCH);
    const { definition = '' } = await stack.sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(definition).toContain('"Seconds":300');
    const often = definition.replace('"Seconds":300', '"Seconds":1');
    await stack.sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: often }));
    const jobId = await waitingJob('counted');
    const executionArn = await start('counted', input('count', jobId));
    const counted = async () => {
      const { values } = stack.resource('aws_cloudwatch_metric_alarm', 'report_');
      const answer = await stack.api.query('monitoring', {
        Action: 'GetMetricStatistics',
        Version: '2010-08-01',
        Namespace: String(values.namespace),
        MetricName: String(values.metric_name),
        ...Object.fromEntries(
          Object.entries(values.dimensions as object).flatMap(([name, value], index) => [
            [`Dimensions.member.${index + 1}.Name`, name],
            [`Dimensions.member.${index + 1}.Value`, value],
          ]),
        ),
        StartTime: new Date(Date.now() - 3_600_000).toISOString(),
        EndTime: new Date(Date.now() + 3_600_000).toISOString(),
        Period: '7200',
        'Statistics.member.1': String(values.statistic),
      });
      return [...answer.matchAll(/<Sum>([\d.]+)<\/Sum>/g)].reduce((sum, [, value]) => sum + Number(value), 0);
    };
    await until(async () => (await counted()) >= 2, 'a run that is counted twice');
    await stack.tell('counted', { status: 'STARTING' });
    expect((await stack.ended(executionArn)).status).toBe('SUCCEEDED');
    expect([...(await executions(stateMachineArn)).keys()]).not.toContain(`stuck-${jobId}-1`);
  });
});
