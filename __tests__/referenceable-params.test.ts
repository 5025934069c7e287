import { TerraformOutput } from 'cdktf';
import { BatchJob } from '../modules/batch-job';
import { SMALLEST_JOB } from './stack-config/samples';
import { document, foreignStack, job, jobsStack, Synthesis } from './synthesis';

/** What each parameter of a job named "report" is to Terraform. The definition's ARN has no revision: the newest one is meant. */
const PARAMS = {
  jobDefinitionArn: '${aws_batch_job_definition.report_JobDefinition.arn_prefix}',
  stateMachineArn: '${aws_sfn_state_machine.report_StateMachine.arn}',
  logGroupArn: '${aws_cloudwatch_log_group.report_LogGroup.arn}',
};
const NAMES = Object.keys(PARAMS) as (keyof typeof PARAMS)[];

describe.each(NAMES)('%s', (param) => {
  it('can be asked for by another job of the config, before and after it', () => {
    const asking = job({
      container: { ...SMALLEST_JOB.container, environment: { ARN: `$ResourceParam('report', '${param}')` } },
    });
    for (const jobs of [
      { asking, report: job() },
      { report: job(), asking },
    ]) {
      const definition = new Synthesis(jobsStack(jobs)).one('aws_batch_job_definition', 'asking_JobDefinition');
      const { environment } = document<{ environment: object[] }>(definition.container_properties);
      expect(environment).toContainEqual({ name: 'ARN', value: PARAMS[param] });
    }
  });

  it('is an output of the stack', () => {
    const { outputs } = new Synthesis(jobsStack({ report: job() }));
    expect(outputs[`report${param.charAt(0).toUpperCase()}${param.slice(1)}`]).toEqual({ value: PARAMS[param] });
  });

  it('is a property of the construct', () => {
    const stack = foreignStack();
    const made = new BatchJob(stack, 'report', SMALLEST_JOB);
    new TerraformOutput(stack, 'arn', { value: made[param] });
    expect(new Synthesis(stack).outputs.arn).toEqual({ value: PARAMS[param] });
  });
});

it('there is no ARN of a log group where there is none', () => {
  const { outputs } = new Synthesis(jobsStack({ report: job({ logging: { disabled: true } }) }));
  expect(Object.keys(outputs)).toEqual(['reportJobDefinitionArn', 'reportStateMachineArn']);
  expect(
    new BatchJob(foreignStack(), 'report', { ...SMALLEST_JOB, logging: { disabled: true } }).logGroupArn,
  ).toBeUndefined();
});
