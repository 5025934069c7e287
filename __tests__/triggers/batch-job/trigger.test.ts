// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { SfnStateMachine } from '@cdktf/provider-aws/lib/sfn-state-machine';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { BatchJobTrigger, type BatchJobTriggerProps } from '../../../triggers/batch-job/trigger';
import { foreignStack, Synthesis } from '../../synthesis';
import { beside } from '../function-target';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load';

function synthesize(props: object = { stateMachineArn: ARN }, tags?: { [name: string]: string }): Synthesis {
  const stack = foreignStack();
  const machine = new SfnStateMachine(stack, 'machine', { definition: '{}', roleArn: 'arn:role' });
  const target = {
    name: 'shop-report',
    function: new LambdaFunction(stack, 'function', { functionName: 'mine', role: 'arn:role' }),
    undeliveredEvents: new SqsQueue(stack, 'queue', {}),
    grant: () => {
      throw new Error('the end of a run needs nothing from the function that it invokes');
    },
    tags,
  };
  const given = 'job' in props && props.job === 'machine' ? { ...props, job: machine } : props;
  new BatchJobTrigger(stack, 'loaded', { target, ...given } as unknown as BatchJobTriggerProps);
  return new Synthesis(stack);
}

const patternOf = (synthesis: Synthesis) =>
  JSON.parse(String(synthesis.one('aws_cloudwatch_event_rule').event_pattern));

describe('BatchJobTrigger', () => {
  it('creates, in addition to the given function, queue and state machine', () => {
    expect(synthesize().types).toEqual([
      'aws_cloudwatch_event_rule',
      'aws_cloudwatch_event_target',
      'aws_lambda_function', // given
      'aws_lambda_permission', // for all rules of the function
      'aws_sfn_state_machine', // given
      'aws_sqs_queue', // given
    ]);
  });

  it('has an enabled rule on the default bus for runs that succeed', () => {
    const { event_pattern: _, ...rule } = synthesize().one('aws_cloudwatch_event_rule');
    expect(rule).toEqual({ name: 'shop-report-loaded', state: 'ENABLED' });
    expect(patternOf(synthesize())).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [ARN], status: ['SUCCEEDED'], output: [null, expect.anything()] },
    });
  });

  it.each([
    ['a state machine', 'machine', '${aws_sfn_state_machine.machine.arn}'],
    ['an object', { arn: ARN }, ARN],
  ])('waits for %s', (_, job, arn) => {
    const { detail } = patternOf(synthesize({ job, on: ['stopped', 'failed'] }));
    expect(detail).toEqual({ stateMachineArn: [arn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] });
  });

  it('invokes the function, for a day if need be, and then keeps the event', () => {
    expect(synthesize().one('aws_cloudwatch_event_target')).toEqual({
      rule: '${aws_cloudwatch_event_rule.loaded_Rule.name}',
      arn: '${aws_lambda_function.function.arn}',
      retry_policy: { maximum_event_age_in_seconds: 86_400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: '${aws_sqs_queue.queue.arn}' },
      depends_on: ['aws_lambda_permission.function_Permission-rules'],
    });
  });

  it('lets the rules of its name alone invoke the function', () => {
    expect(synthesize().one('aws_lambda_permission')).toMatchObject({
      principal: 'events.amazonaws.com',
      source_arn: beside('events', 'rule/shop-report-*'),
    });
  });

  it.each([
    [{ input: { full: false } }, { input: '{"full":false}' }],
    [{ inputPath: '$.detail.name' }, { input_path: '$.detail.name' }],
    [
      { inputTransformer: { inputPathsMap: { run: '$.detail.name' }, inputTemplate: { run: '<run>' } } },
      { input_transformer: { input_paths: { run: '$.detail.name' }, input_template: '{"run":"<run>"}' } },
    ],
  ])('with %j sends that', (reshaping, expected) => {
    expect(synthesize({ stateMachineArn: ARN, ...reshaping }).one('aws_cloudwatch_event_target')).toMatchObject(
      expected,
    );
  });

  it('bears the tags of its target', () => {
    expect(synthesize(undefined, { team: 'x' }).one('aws_cloudwatch_event_rule').tags).toEqual({ team: 'x' });
  });

  it.each([
    [{}, 'add job or stateMachineArn'],
    [{ jobName: 'load' }, 'give job, or stateMachineArn: names are resolved only in a config file'],
    [{ job: { arn: ARN }, stateMachineArn: ARN }, 'remove stateMachineArn'],
    [{ job: ARN }, `write stateMachineArn: "${ARN}"`],
    [{ job: {} }, 'give a job (BatchJob, SfnStateMachine or { arn } of a state machine)'],
    [{ stateMachineArn: `${ARN}:PROD` }, `write ${ARN}`],
    [{ stateMachineArn: ARN, on: [] }, 'add an end, or remove the property: its default is succeeded'],
  ])('refuses %j: %s', (props, fix) => {
    expect(() => synthesize(props)).toThrow(
      expect.objectContaining({ problems: expect.arrayContaining([expect.objectContaining({ fix })]) }),
    );
  });
});
