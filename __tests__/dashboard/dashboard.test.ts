// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { job, jobsStack, Synthesis } from '../synthesis';
import { problemsOf } from './dashboard-rules';

const TYPE = 'aws_cloudwatch_dashboard';

it('is made only if the config says so', () => {
  expect(new Synthesis(jobsStack({ nightly: job() })).all(TYPE)).toEqual([]);
  expect(new Synthesis(jobsStack({ nightly: job() }, { dashboard: false })).all(TYPE)).toEqual([]);
});

it('has a name of the stack and the region, because an account has one dashboard of a name', () => {
  const stack = new Synthesis(
    jobsStack({ nightly: job() }, { dashboard: true, stackName: 'shop', region: 'eu-north-1' }),
  );
  expect(stack.one(TYPE).dashboard_name).toBe('shop-eu-north-1');
});

it('shows the physical parts of each job, which Terraform fills in', () => {
  const stack = new Synthesis(
    jobsStack({ nightly: job(), spot: job({ useSpotInstances: true }) }, { dashboard: true }),
  );
  const text = String(stack.one(TYPE).dashboard_body);
  const body = JSON.parse(text);
  expect(problemsOf(body)).toEqual([]);
  for (const part of [
    '${aws_sfn_state_machine.nightly_StateMachine.arn}',
    '${aws_cloudwatch_log_group.nightly_StateMachine_LogGroup.name}',
    '${aws_lambda_function.spot_Trigger.function_name}',
    '${aws_sqs_queue.batch-platform_undelivered-events_Queue.name}',
  ]) {
    expect(text).toContain(part);
  }
  expect(text).toContain('ecs_cluster_arn');
});
