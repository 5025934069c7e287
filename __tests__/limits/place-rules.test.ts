// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import type { Limits } from '../../modules/config/limits';
import { document, job, jobsStack, Synthesis } from '../synthesis';

const EXECUTIONS =
  'arn:${data.aws_partition.batch-platform_aws_Partition.partition}:states:${data.aws_region.batch-platform_aws_Region.id}:${data.aws_caller_identity.batch-platform_aws_Account.account_id}:execution:reports-photos';
const KEEPER = '${aws_sfn_state_machine.batch-platform_run-places.arn}';

const synthesize = (limits: Limits) => new Synthesis(jobsStack({ photos: job({ limits }), plain: job() }));
const five = synthesize({ concurrentRuns: 5, whenExceeded: 'wait' });

it('starts the place keeper at each end of a run of the job, however it ends', () => {
  const rule = five.one('aws_cloudwatch_event_rule', 'EndRule');
  expect(rule).toMatchObject({ name: 'reports-photos-frees-place', state: 'ENABLED' });
  expect(document(rule.event_pattern)).toEqual({
    source: ['aws.states'],
    'detail-type': ['Step Functions Execution Status Change'],
    detail: {
      stateMachineArn: ['${aws_sfn_state_machine.photos_StateMachine.arn}'],
      status: ['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'],
    },
  });
});

it('starts the place keeper every minute', () => {
  const rule = five.one('aws_cloudwatch_event_rule', 'MinuteRule');
  expect(rule).toMatchObject({
    name: 'reports-photos-keeps-places',
    schedule_expression: 'rate(1 minute)',
    state: 'ENABLED',
  });
  expect(rule.event_pattern).toBeUndefined();
});

const inputs = (synthesis: Synthesis) => {
  const { input_transformer: transformer } = synthesis.one('aws_cloudwatch_event_target', 'EndTarget');
  const { input_paths, input_template } = transformer as { input_paths: object; input_template: string };
  const { input } = synthesis.one('aws_cloudwatch_event_target', 'MinuteTarget');
  return { paths: input_paths, end: JSON.parse(input_template), minute: JSON.parse(String(input)) };
};

it('tells the job, its limits as they are deployed, and which run ended', () => {
  const limits = { concurrentRuns: 5, runsPerHour: '1000000000', runsPerDay: '1000000000' };
  const minute = { job: 'photos', ...limits, executions: EXECUTIONS };
  expect(inputs(five)).toEqual({ paths: { run: '$.detail.name' }, end: { ...minute, run: '<run>' }, minute });
});

it('tells whether the limits count items, and makes the place keeper before a run takes counted places', () => {
  const forEach = { items: '$.keys', maxItems: 1_000, maxFailures: 0 };
  const counted = (countItems: boolean) =>
    new Synthesis(
      jobsStack({ photos: job({ forEach, limits: { concurrentRuns: 5, countItems, whenExceeded: 'wait' } }) }),
    );
  const keeper = 'aws_sfn_state_machine.batch-platform_run-places';
  expect(inputs(counted(true))).toMatchObject({ end: { countItems: true }, minute: { countItems: true } });
  expect(counted(true).one('aws_sfn_state_machine', 'photos_StateMachine').depends_on).toContain(keeper);
  expect(inputs(counted(false)).minute).not.toHaveProperty('countItems');
  expect(counted(false).one('aws_sfn_state_machine', 'photos_StateMachine').depends_on).not.toContain(keeper);
});

it('tells each limit of a job', () => {
  const { minute } = inputs(synthesize({ runsPerHour: 10, runsPerDay: 100, whenExceeded: 'skip' }));
  expect(minute).toMatchObject({ concurrentRuns: 1000, runsPerHour: '10', runsPerDay: '100' });
});

it('is for jobs with limits only, with the role of the rules, after what they need', () => {
  const targets = five.all('aws_cloudwatch_event_target');
  expect(targets).toHaveLength(2);
  for (const target of targets) {
    expect(target).toMatchObject({
      arn: KEEPER,
      role_arn: '${aws_iam_role.batch-platform_run-places_RuleRole.arn}',
      retry_policy: { maximum_event_age_in_seconds: 3600 },
    });
    expect(target.depends_on).toEqual([
      'aws_iam_role_policy.batch-platform_run-places_Role_Grants',
      'aws_iam_role.batch-platform_run-places_RuleRole',
      'aws_iam_role_policy.batch-platform_run-places_RuleRole_Policy',
    ]);
  }
});
