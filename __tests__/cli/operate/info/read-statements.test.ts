import { job } from '../../../synthesis';
import { ACCOUNT, actionsOf, policyOf, type Resources, report, resourcesOf } from './operator-policies';

it('lets people read schedules of EventBridge Scheduler if a job has a schedule, and only those of the stack', () => {
  const events = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }] as const;
  const policy = policyOf({ report: { type: 'batch-job', properties: job({ events: [...events] }) } });
  expect(resourcesOf(policy, 'scheduler:GetSchedule')).toEqual([
    `arn:aws:scheduler:${ACCOUNT}:schedule/default/shop-*`,
  ]);
  expect(resourcesOf(policy, 'scheduler:ListSchedules')).toEqual(['*']);
  expect(actionsOf(policyOf({ report })).filter((action) => action.startsWith('scheduler:'))).toEqual([]);
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
