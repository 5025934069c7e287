import { STUCK_MESSAGE, type WaitingRun } from '../../modules/notifications/stuck-message';
import { evaluated } from './jsonata';
import { waitingRun } from './waiting-run';

interface Message {
  readonly subject: string;
  readonly short: string;
  readonly text: string;
  readonly detail: { readonly [property: string]: unknown };
}

const message = (input: WaitingRun) => evaluated<Message>(STUCK_MESSAGE, { input });

describe('the message about a run that waits', () => {
  it('is a mail that says for how long, why, and how to find out more', async () => {
    const { subject, text } = await message(waitingRun());
    expect(subject).toBe('nightly is waiting (reports)');
    expect(text).toBe(`\
nightly has waited in the queue for more than 60 min: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's resources fit no instance

Run         nightly-e04f0ac63e52
Stack       reports in eu-west-1, account 123456789012
Status      RUNNABLE in reports-spot-cpu-x86-64

Find out    npx batch-jobs why nightly-e04f0ac63e52
See it      npx batch-jobs show nightly-e04f0ac63e52
Stop it     npx batch-jobs stop nightly-e04f0ac63e52

Execution   https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/arn:aws:states:eu-west-1:123456789012:execution:reports-nightly:nightly-e04f0ac63e52
Job         https://eu-west-1.console.aws.amazon.com/batch/home?region=eu-west-1#jobs/ec2/detail/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0`);
  });

  it('is a document for programs', async () => {
    const { detail } = await message(waitingRun());
    expect(detail).toEqual({
      kind: 'stuck',
      stack: 'reports',
      job: 'nightly',
      run: 'nightly-e04f0ac63e52',
      status: 'RUNNABLE',
      message: expect.stringMatching(/^nightly has waited in the queue for more than 60 min: MIS/),
      reason: "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job's resources fit no instance",
      afterSeconds: 3600,
      queue: 'reports-spot-cpu-x86-64',
      batchJobId: '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
      executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:reports-nightly:nightly-e04f0ac63e52',
      stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-nightly',
      region: 'eu-west-1',
      account: '123456789012',
      commands: {
        why: 'npx batch-jobs why nightly-e04f0ac63e52',
        show: 'npx batch-jobs show nightly-e04f0ac63e52',
        stop: 'npx batch-jobs stop nightly-e04f0ac63e52',
      },
      links: { run: expect.stringMatching(/^https:/), job: expect.stringMatching(/^https:/) },
    });
  });

  it('has no reason if AWS Batch gives none', async () => {
    const { text, detail } = await message(waitingRun({ StatusReason: undefined }));
    expect(text.split('\n')[0]).toBe('nightly has waited in the queue for more than 60 min');
    expect(detail).not.toHaveProperty('reason');
  });

  it.each([
    [60, '1 min'],
    [3600, '60 min'],
    [7200, '2 h'],
    [9000, '2 h 30 min'],
    [2_592_000, '720 h'],
  ])('writes %i seconds as %s', async (afterSeconds, expected) => {
    const { detail } = await message({ ...waitingRun({ StatusReason: '' }), afterSeconds });
    expect(detail.message).toBe(`nightly has waited in the queue for more than ${expected}`);
  });

  it.each([
    ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/batch/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/batch/'],
  ])('links to the console of the partition %s', async (partition, region, start) => {
    const stateMachineArn = `arn:${partition}:states:${region}:123456789012:stateMachine:reports-nightly`;
    const { detail } = await message({ ...waitingRun(), stateMachineArn });
    expect((detail.links as { job: string }).job.startsWith(start)).toBe(true);
    expect(detail.executionArn).toBe(
      `arn:${partition}:states:${region}:123456789012:execution:reports-nightly:nightly-e04f0ac63e52`,
    );
  });
});
