import { BatchJob } from '../../modules/batch-job';
import { changeJob } from '../../modules/overrides/job-changes';
import { SMALLEST_JOB } from '../stack-config/samples';
import { foreignStack, Synthesis } from '../synthesis';

it('applies transforms before overrides, and returns the problems of both at their properties', () => {
  const stack = foreignStack();
  const job = new BatchJob(stack, 'report', SMALLEST_JOB);
  const problems = changeJob(
    job.resources,
    { TriggerFunction: { memorySize: 512, timeout: 20 }, Nothing: {} } as object,
    { TriggerFunction: { memory_size: 1024 }, None: { timeout: 5 } },
  );
  expect(problems.map(({ keys }) => keys.join('.'))).toEqual(['transform.Nothing', 'overrides.None']);
  expect(new Synthesis(stack).one('aws_lambda_function', 'Trigger')).toMatchObject({ memory_size: 1024, timeout: 20 });
});
