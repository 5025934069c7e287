import { operatorPolicy, policySize } from '../../../../cli/operate/info/policy';
import { QUOTAS } from '../../../../modules/rules/quotas';
import { deployed } from './deployment';
import { ACCOUNT, actionsOf, jobs, policyOf, report, resourcesOf } from './operator-policies';

describe('the policy of a stack with few jobs', () => {
  const policy = policyOf({ report }, 'steer');

  it('names the resources of each job', () => {
    expect(resourcesOf(policy, 'states:ListExecutions')).toEqual([
      `arn:aws:states:${ACCOUNT}:stateMachine:shop-report`,
    ]);
    expect(resourcesOf(policy, 'states:StopExecution')).toEqual([`arn:aws:states:${ACCOUNT}:execution:shop-report:*`]);
    expect(resourcesOf(policy, 'logs:FilterLogEvents')).toEqual([
      `arn:aws:logs:${ACCOUNT}:log-group:/batch-jobs/shop/report:*`,
      `arn:aws:logs:${ACCOUNT}:log-group:/aws/lambda/shop-report-trigger:*`,
    ]);
    expect(resourcesOf(policy, 'lambda:InvokeFunction')).toEqual([
      `arn:aws:lambda:${ACCOUNT}:function:shop-report-trigger`,
    ]);
  });

  it("names the stack's other resources by the beginning of their names", () => {
    expect(resourcesOf(policy, 'sqs:DeleteMessage')).toEqual([`arn:aws:sqs:${ACCOUNT}:shop-*`]);
    expect(resourcesOf(policy, 's3:PutObject')).toEqual(['arn:aws:s3:::shop-events-*/*']);
    expect(resourcesOf(policy, 'batch:GetJobQueueSnapshot')).toEqual([`arn:aws:batch:${ACCOUNT}:job-queue/shop-*`]);
  });

  it('allows everything only to actions without resource-level permissions', () => {
    const open = policy.Statement.filter(({ Resource }) => Resource.includes('*'));
    expect(open.map(({ Sid, Resource }) => [Sid, Resource])).toEqual([['ReadAnyResource', ['*']]]);
    expect(open.flatMap(({ Action }) => Action).filter((action) => !/:(Describe|Get|List)/.test(action))).toEqual([]);
  });

  it('has each action once, in statements with names that IAM accepts', () => {
    const actions = actionsOf(policy);
    expect(actions).toEqual([...new Set(actions)]);
    const names = policy.Statement.map(({ Sid = '' }) => Sid);
    expect(names).toEqual([...new Set(names)]);
    expect(names.filter((name) => !/^[A-Za-z0-9]+$/.test(name))).toEqual([]);
  });
});

describe('the size', () => {
  it.each([1, 5, 6, 7, 8, 20, 200])('of the policy of %i jobs is that of a managed policy', (count) => {
    for (const kind of ['read', 'steer'] as const) {
      const size = policySize(policyOf(jobs(count), kind));
      expect(size).toBeLessThanOrEqual(QUOTAS.managedPolicy);
    }
  });

  it('is kept by patterns for the names of many jobs', () => {
    const steer = policyOf(jobs(200), 'steer');
    expect(resourcesOf(steer, 'states:StartExecution')).toEqual([`arn:aws:states:${ACCOUNT}:stateMachine:shop-*`]);
    expect(resourcesOf(steer, 'logs:FilterLogEvents')).toEqual([
      `arn:aws:logs:${ACCOUNT}:log-group:/batch-jobs/shop/*:*`,
      `arn:aws:logs:${ACCOUNT}:log-group:/aws/lambda/shop-*:*`,
    ]);
  });

  it('keeps the names that overrides give', () => {
    const own = { ...report, overrides: { StateMachine: { name: 'legacy' }, LogGroup: { name: '/legacy' } } };
    const read = policyOf({ ...jobs(200), own });
    expect(resourcesOf(read, 'states:ListExecutions')).toEqual([
      `arn:aws:states:${ACCOUNT}:stateMachine:shop-*`,
      `arn:aws:states:${ACCOUNT}:stateMachine:legacy`,
    ]);
    expect(resourcesOf(read, 'logs:FilterLogEvents')).toContain(`arn:aws:logs:${ACCOUNT}:log-group:/legacy:*`);
  });

  it('is kept with the longest names of a stack and its jobs, which are shortened', () => {
    const stackName = `s${'hop'.repeat(40)}`;
    const names = Array.from({ length: 50 }, (_, index) => `j${'ob'.repeat(40)}${index}`);
    const scope = deployed({ stackName, resources: Object.fromEntries(names.map((name) => [name, report])) });
    const policy = operatorPolicy(scope, 'steer');
    expect(policySize(policy)).toBeLessThanOrEqual(QUOTAS.managedPolicy);
    const machines = resourcesOf(policy, 'states:StartExecution');
    for (const { stateMachineArn } of scope.jobs.values()) {
      expect(machines.some((pattern) => stateMachineArn.startsWith(pattern.replace(/\*$/, '')))).toBe(true);
    }
  });
});

it.each([
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('the policy in %s has ARNs of its partition', (region, partition) => {
  const resources = { api: { type: 'http-api-gateway' }, report } as const;
  const all = policyOf(resources, 'steer', region).Statement.flatMap(({ Resource }) => Resource);
  expect(all.filter((arn) => arn !== '*' && !arn.startsWith(`arn:${partition}:`))).toEqual([]);
});
