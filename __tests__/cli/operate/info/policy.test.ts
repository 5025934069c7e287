import { STEERING_ACTIONS } from '../../../../cli/operate/aws/iam-action';
import { operatorPolicy, type PolicyDocument, type PolicyKind, policySize } from '../../../../cli/operate/info/policy';
import { QUOTAS } from '../../../../modules/rules/quotas';
import type { BatchJobsConfig } from '../../../../modules/stack-config/config';
import { job } from '../../../synthesis';
import { deployed } from './deployment';

type Resources = BatchJobsConfig['resources'];

const ACCOUNT = 'eu-west-1:123456789012';
const report = { type: 'batch-job', properties: job() } as const;

function jobs(count: number): Resources {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`importOfOrders${index}`, report]));
}

function policyOf(resources: Resources, kind: PolicyKind = 'read', region?: string): PolicyDocument {
  return operatorPolicy(deployed({ resources }, region), kind);
}

function resourcesOf(policy: PolicyDocument, action: string): readonly string[] {
  return policy.Statement.filter((statement) => statement.Action.includes(action)).flatMap(({ Resource }) => Resource);
}

function actionsOf({ Statement }: PolicyDocument): string[] {
  return Statement.flatMap(({ Action }) => Action).sort();
}

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

it('lets people read schedules of EventBridge Scheduler if a job has a schedule, and only those of the stack', () => {
  const events = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }] as const;
  const policy = policyOf({ report: { type: 'batch-job', properties: job({ events: [...events] }) } });
  expect(resourcesOf(policy, 'scheduler:GetSchedule')).toEqual([
    `arn:aws:scheduler:${ACCOUNT}:schedule/default/shop-*`,
  ]);
  expect(resourcesOf(policy, 'scheduler:ListSchedules')).toEqual(['*']);
  expect(actionsOf(policyOf({ report })).filter((action) => action.startsWith('scheduler:'))).toEqual([]);
});

describe('steering', () => {
  const resources: Resources = {
    report: {
      type: 'batch-job',
      properties: job({
        events: [
          { type: 'kinesis-stream', properties: { kinesisStreamName: 'orders' } },
          { type: 'dynamo-db-stream', properties: { streamArn: `arn:aws:dynamodb:${ACCOUNT}:table/t/stream/2026` } },
        ],
      }),
    },
    orders: { type: 'kinesis-stream' },
  };

  it('is reading and the actions that change something or read records of events', () => {
    const steer = policyOf(resources, 'steer');
    const read = policyOf(resources, 'read');
    expect(steer.Statement.slice(0, read.Statement.length)).toEqual(read.Statement);
    const more = actionsOf(steer).filter((action) => !actionsOf(read).includes(action));
    expect(more).toEqual([...STEERING_ACTIONS].sort());
  });

  it('reads the streams of events, which can belong to others', () => {
    const steer = policyOf(resources, 'steer');
    expect(resourcesOf(steer, 'kinesis:GetRecords')).toEqual([`arn:aws:kinesis:${ACCOUNT}:stream/shop-*`]);
    expect(resourcesOf(steer, 'dynamodb:GetRecords')).toEqual([
      `arn:aws:dynamodb:${ACCOUNT}:table/shop-*/stream/*`,
      `arn:aws:dynamodb:${ACCOUNT}:table/t/stream/2026`,
    ]);
    expect(actionsOf(policyOf({ report }, 'steer')).filter((action) => /kinesis|dynamodb/.test(action))).toEqual([]);
  });
});

describe('reading', () => {
  it('changes nothing: the only write action shows a message again that was looked at', () => {
    const others = actionsOf(policyOf({ report })).filter((action) => !/:(Describe|Get|List|Filter)/.test(action));
    expect(others).toEqual(['sqs:ChangeMessageVisibility', 'sqs:ReceiveMessage']);
  });

  it('includes APIs and load balancers only if the stack has some', () => {
    const paths: Resources = { api: { type: 'http-api-gateway' }, web: { type: 'application-load-balancer' }, report };
    expect(resourcesOf(policyOf(paths), 'apigateway:GET')).toEqual([
      'arn:aws:apigateway:eu-west-1::/apis',
      'arn:aws:apigateway:eu-west-1::/apis/*',
    ]);
    expect(actionsOf(policyOf(paths))).toContain('elasticloadbalancing:DescribeLoadBalancers');
    expect(actionsOf(policyOf({ report })).filter((action) => /apigateway|elasticload/.test(action))).toEqual([]);
  });

  it('includes existing queues', () => {
    const inbox = `arn:aws:sqs:${ACCOUNT}:inbox`;
    const read = policyOf({ inbox: { type: 'sqs-queue', existing: { arn: inbox } }, report });
    expect(resourcesOf(read, 'sqs:ReceiveMessage')).toEqual([`arn:aws:sqs:${ACCOUNT}:shop-*`, inbox]);
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
