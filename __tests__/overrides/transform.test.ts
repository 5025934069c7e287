import { BatchJob } from '../../modules/batch-job';
import { OVERRIDABLE, type OverridableName } from '../../modules/config/overrides';
import type { JobTransforms } from '../../modules/overrides/job-resources';
import { ConfigError } from '../../modules/problems/config-error';
import { SMALLEST_JOB } from '../stack-config/samples';
import { foreignStack, Synthesis } from '../synthesis';

function synthesis(transform: JobTransforms, props = {}) {
  const stack = foreignStack();
  new BatchJob(stack, 'report', { ...SMALLEST_JOB, ...props, transform });
  return new Synthesis(stack);
}

it('sets attributes, and merges maps and blocks with what is there', () => {
  const result = synthesis(
    {
      TriggerFunction: { memorySize: 512, environment: { variables: { EXTRA: 'yes' } } },
      StateMachine: { loggingConfiguration: { level: 'ALL' }, tags: { cost: 'b' } },
    },
    { tags: { team: 'data' } },
  );
  expect(result.one('aws_lambda_function', 'Trigger')).toMatchObject({
    memory_size: 512,
    environment: { variables: { EXTRA: 'yes', JOB_NAME: 'report' } },
  });
  expect(result.one('aws_sfn_state_machine')).toMatchObject({
    logging_configuration: { level: 'ALL', include_execution_data: false },
    tags: { cost: 'b', team: 'data' },
  });
});

it('hands the resource itself to a function', () => {
  const result = synthesis({
    JobDefinition: (definition) => {
      definition.schedulingPriority = 7;
      definition.putTimeout({ attemptDurationSeconds: 60 });
    },
  });
  expect(result.one('aws_batch_job_definition')).toMatchObject({
    scheduling_priority: 7,
    timeout: { attempt_duration_seconds: 60 },
  });
});

it('comes before overrides, which have the last word', () => {
  const stack = foreignStack();
  new BatchJob(stack, 'report', {
    ...SMALLEST_JOB,
    transform: { TriggerFunction: { memorySize: 512, timeout: 20 } },
    overrides: { TriggerFunction: { memory_size: 1024 } },
  });
  expect(new Synthesis(stack).one('aws_lambda_function', 'Trigger')).toMatchObject({ memory_size: 1024, timeout: 20 });
});

it('does nothing for what is undefined', () => {
  expect(synthesis({ LogGroup: undefined }).types).toEqual(synthesis({}).types);
});

it('is refused for a resource that the job does not have', () => {
  const refused = () => synthesis({ LogGroup: { retentionInDays: 1 } }, { logging: { disabled: true } });
  expect(refused).toThrow(ConfigError);
  expect(refused).toThrow(/transform\.LogGroup/);
});

it('has a type for each resource that overrides can name', () => {
  // The compiler refuses a name that one of the two has and the other has not.
  const names: Record<OverridableName, keyof JobTransforms> & Record<keyof JobTransforms, OverridableName> =
    Object.fromEntries(OVERRIDABLE.map((name) => [name, name])) as Record<OverridableName, OverridableName>;
  expect(Object.keys(names)).toHaveLength(OVERRIDABLE.length);
});
