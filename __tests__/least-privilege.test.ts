import { document, job, jobsStack, type PolicyStatement, Synthesis } from './synthesis';

const image = (name: string, more: object = {}) => ({
  packaging: { type: 'prebuilt-image' as const, properties: { image: name, ...more } },
});

/** Jobs that between them need every permission there is. */
const synthesis = new Synthesis(
  jobsStack({
    plain: job(),
    fromEcr: job({ container: image('123456789012.dkr.ecr.eu-west-1.amazonaws.com/job:1') }),
    fromRegistry: job({
      container: image('registry.example.com/job:1', {
        repositoryCredentialsSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:registry-AbCdEf',
      }),
      logging: { disabled: true },
    }),
    spotThenOnDemand: job({ useSpotInstances: true, retryConfig: { spotInterruption: { thenOnDemand: true } } }),
    onGpus: job({ resources: { cpu: 4, memory: 8000, gpu: 1 } }),
    limited: job({ limits: { concurrentRuns: 5, whenExceeded: 'wait' } }),
    scheduled: job({
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
      iamRoleStatements: [
        { Sid: 'Notify', Action: ['sns:Publish'], Resource: ['arn:aws:sns:eu-west-1:123456789012:t'] },
      ],
    }),
  }),
);

const policies = Object.entries(synthesis.policies);
const allowing = policies.flatMap(([place, { Statement }]) =>
  Statement.filter(({ Effect }) => Effect === 'Allow').map((statement) => [place, statement] as const),
);
const trusting = allowing.filter(([place]) => place.endsWith('.assume_role_policy'));
const list = (value: PolicyStatement['Resource']) => (value === undefined ? [] : [value].flat());

/** Why a statement is about everything: AWS cannot scope its actions. Nothing else may be. */
const ABOUT_EVERYTHING: { readonly [sid: string]: string } = {
  Discover: 'ec2:DescribeTags, ecr:GetAuthorizationToken and ecs:DiscoverPollEndpoint take no resource',
  FollowJob: 'batch:DescribeJobs takes no resource',
  RegistryLogin: 'ecr:GetAuthorizationToken takes no resource',
  WriteLog: 'delivery of logs (Step Functions) takes no resource',
};

it('has policies to look at', () => {
  expect(allowing.length).toBeGreaterThan(40);
  expect(trusting).toHaveLength(7 * 4 + 1 + 2);
});

it('allows no action by a wildcard', () => {
  for (const [place, { Action }] of allowing) {
    for (const action of list(Action)) expect([place, action]).toEqual([place, expect.not.stringContaining('*')]);
  }
});

it('is about everything only where AWS cannot scope', () => {
  const sids = allowing
    .filter(([, { Resource }]) => list(Resource).includes('*'))
    .map(([, { Sid = '(no Sid)' }]) => Sid);
  expect([...new Set(sids)].sort()).toEqual(Object.keys(ABOUT_EVERYTHING));
});

it('has no statement about everything that mixes in what could be scoped', () => {
  const log = allowing.filter(([, { Sid, Resource }]) => Sid === 'WriteLog' && list(Resource).includes('*'));
  // The container's and the function's logs are scoped to their groups; only those of state machines cannot be.
  expect(log.map(([place]) => place).every((place) => /_StateMachine_|_run-places_/.test(place))).toBe(true);
});

it('has wildcards inside an ARN only for', () => {
  const found = allowing.flatMap(([, { Sid = '(no Sid)', Resource }]) =>
    list(Resource)
      .filter((arn) => arn !== '*' && arn.includes('*'))
      .map((arn) => `${Sid}: ${arn.replaceAll(/\$\{[^}]*\}/g, '~')}`),
  );
  const kinds = new Set(found.map((entry) => entry.replace(/~\/\w+/, '~/<job>')));
  expect([...kinds].sort()).toEqual([
    'JoinCluster: arn:~:ecs:~:~:cluster/*', // AWS Batch names clusters itself
    'LookAtRuns: arn:~:states:~:~:execution:reports-limited:*', // every run of the one job
    'PullImages: arn:~:ecr:*:*:repository/*', // images may be shared by other accounts, whose policies decide
    'ReadLargeEvents: ~/<job>/*', // the job's own folder
    'StopJob: arn:~:batch:~:~:job/*', // a job gets its id when it is submitted
    'StoreLargeEvents: ~/<job>/*', // the same
    'SubmitJob: ~:*', // every revision of the one job definition
    'TakeTasks: arn:~:ecs:~:~:container-instance/*', // an instance does not know its id before
    'WriteLog: ~:*', // every stream of the one group
  ]);
});

it('trusts one service each, never anybody', () => {
  for (const [place, { Principal }] of allowing.filter(([, statement]) => statement.Principal !== undefined)) {
    expect([place, Principal]).toEqual([place, { Service: expect.stringMatching(/^[a-z0-9-]+\.amazonaws\.com$/) }]);
  }
});

it('lets containers and state machines have their roles on behalf of this account only', () => {
  const services = ['ecs-tasks.amazonaws.com', 'states.amazonaws.com'];
  const conditional = trusting.filter(([, { Principal }]) =>
    services.includes((Principal as { readonly Service: string }).Service),
  );
  expect(conditional).toHaveLength(7 * 3 + 1);
  for (const [, { Condition }] of conditional) {
    expect(Condition).toEqual({
      StringEquals: { 'aws:SourceAccount': expect.stringContaining('data.aws_caller_identity.') },
    });
  }
});

it('lets each state machine submit its own job only, to its own queues', () => {
  const submit = Object.entries(synthesis.byId('aws_iam_role_policy'))
    .filter(([id]) => id.endsWith('_StateMachine_Role_Policy'))
    .map(([id, { policy }]) => [id.split('_')[0], document(policy).Statement[0]?.Resource] as const);
  expect(submit).toHaveLength(7);
  for (const [name, resources] of submit) {
    const definition = `\${aws_batch_job_definition.${name}_JobDefinition.arn_prefix}`;
    expect(list(resources).slice(0, 2)).toEqual([definition, `${definition}:*`]);
    expect(list(resources).slice(2)).toHaveLength(name === 'spotThenOnDemand' ? 2 : 1);
  }
});
