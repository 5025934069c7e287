import { AwsFault } from '../../../../cli/operate/aws/fault';
import { plannedRerun } from '../../../../cli/operate/rerun/rerun-run';
import { deploymentOf } from '../fake-aws';

/** A rerun of only the failed items of a run that ended so. */
async function planned(end: object, onlyFailed = true) {
  const deployment = deploymentOf(({ input }) =>
    String(input.executionArn).endsWith(':by-hand')
      ? { name: 'by-hand', input: '{}', ...end }
      : new AwsFault('There is none.', 'ExecutionDoesNotExist', 'states:DescribeExecution'),
  );
  const job = deployment.jobNamed('report');
  const executionArn = `${job.stateMachineArn.replace(':stateMachine:', ':execution:')}:by-hand`;
  return plannedRerun(deployment, { job, name: 'by-hand', executionArn }, onlyFailed);
}

const result = (failed: number) => JSON.stringify({ items: 9, succeeded: 9 - failed, failed, failures: [] });

describe('a rerun of only the items that failed', () => {
  it('is planned for a run that failed, and for one that succeeded though some did', async () => {
    expect(await planned({ status: 'FAILED', cause: result(2) })).toMatchObject({
      name: 'by-hand-rerun-1',
      failedItems: 2,
    });
    expect((await planned({ status: 'SUCCEEDED', output: result(1) })).failedItems).toBe(1);
    expect((await planned({ status: 'FAILED', cause: result(2) }, false)).failedItems).toBeUndefined();
  });

  it('is refused if none failed, and for a run that has no list of them', async () => {
    await expect(planned({ status: 'SUCCEEDED', output: result(0) })).rejects.toThrow('No item of run by-hand failed.');
    await expect(planned({ status: 'ABORTED' })).rejects.toThrow(
      'Run by-hand has no list of items that failed: it is ABORTED',
    );
  });
});
