import { earlierReruns } from '../../../../cli/operate/rerun/earlier-reruns';
import { answers, deploymentOf, fault } from '../fake-aws';

const ARN = 'arn:aws:states:eu-west-1:123456789012:execution:shop-report:';

/** What is found before a run is repeated, with the statuses of runs by their names. The others do not exist. */
async function found(name: string, status: 'RUNNING' | 'FAILED', others: { readonly [run: string]: string } = {}) {
  const answer = answers({
    DescribeExecution: ({ executionArn }: { executionArn: string }) => {
      const other = others[executionArn.slice(ARN.length)];
      if (other === 'AccessDenied') return fault(other);
      return other === undefined ? fault('ExecutionDoesNotExist') : { status: other };
    },
  });
  const deployment = deploymentOf(answer);
  const run = { job: deployment.jobNamed('report'), name, executionArn: `${ARN}${name}` };
  const earlier = await earlierReruns(deployment, run, { status });
  return { ...earlier, asked: answer.requests.map(({ input }) => String(input.executionArn).slice(ARN.length)) };
}

it('the first rerun has the number 1', async () => {
  expect(await found('a', 'FAILED')).toEqual({
    next: { name: 'a-rerun-1', executionArn: `${ARN}a-rerun-1` },
    running: undefined,
    asked: ['a-rerun-1'],
  });
});

it('the next one has the first number that no run has', async () => {
  const { next, running, asked } = await found('a', 'FAILED', { 'a-rerun-1': 'SUCCEEDED', 'a-rerun-2': 'FAILED' });
  expect(next.name).toBe('a-rerun-3');
  expect(running).toBeUndefined();
  expect(asked).toEqual(['a-rerun-1', 'a-rerun-2', 'a-rerun-3']);
});

describe('a run that has not ended', () => {
  it('is the one that is to be repeated', async () => {
    expect((await found('a', 'RUNNING')).running).toBe('a');
  });

  it('is one that repeats it, the last of them', async () => {
    const others = { 'a-rerun-1': 'RUNNING', 'a-rerun-2': 'RUNNING', 'a-rerun-3': 'FAILED' };
    expect((await found('a', 'RUNNING', others)).running).toBe('a-rerun-2');
  });

  it('is the original of a rerun', async () => {
    const { next, running, asked } = await found('a-rerun-1', 'FAILED', { a: 'RUNNING', 'a-rerun-1': 'FAILED' });
    expect(next.name).toBe('a-rerun-2');
    expect(running).toBe('a');
    expect(asked).toEqual(['a', 'a-rerun-1', 'a-rerun-2']);
    expect((await found('a-rerun-1', 'FAILED', { a: 'FAILED' })).running).toBeUndefined();
    expect((await found('a-rerun-1', 'FAILED')).running).toBeUndefined();
  });

  it('is the rerun itself before its original, of which nothing is asked then', async () => {
    const { running, asked } = await found('a-rerun-1', 'RUNNING', { a: 'RUNNING' });
    expect(running).toBe('a-rerun-1');
    expect(asked).toEqual(['a-rerun-1']);
  });
});

it('ends with an error of AWS that is not about a missing run', async () => {
  await expect(found('a', 'FAILED', { 'a-rerun-1': 'AccessDenied' })).rejects.toThrow('It failed (AccessDenied).');
});
