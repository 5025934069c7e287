import { textOf } from './told-plan';

describe('the permissions of a role', () => {
  const statement = (Action: string | string[], Resource: string) => ({
    Statement: [{ Effect: 'Allow', Action, Resource }],
  });
  const lines = (from: unknown, to: unknown, part = 'StateMachine_Policy') => {
    const address = `aws_iam_role_policy.nightlyReport_${part}_0A1B2C3D`;
    const values = (policy: unknown) => ({ policy: policy === undefined ? undefined : JSON.stringify(policy) });
    const change = {
      actions: ['update'],
      before: values(from),
      after: values(to),
      after_unknown: { policy: to === undefined },
    };
    return textOf({ resource_changes: [{ address, type: 'aws_iam_role_policy', change }] }, 120).slice(1, -2);
  };

  it('change by what it may do, if that is known', () => {
    expect(lines(statement('batch:SubmitJob', 'a'), statement(['batch:SubmitJob', 'batch:TagResource'], 'a'))).toEqual([
      "    ~ state machine's permissions  also batch:TagResource",
    ]);
    expect(lines(statement(['a:B', 'a:C'], '*'), statement('a:C', '*'), 'ExecutionRole_Policy')).toEqual([
      "    ~ execution role's permissions  no longer a:B",
    ]);
    expect(lines(statement('a:B', 'one'), statement('a:B', 'two'), 'Trigger_Role_Policy')).toEqual([
      "    ~ trigger function's permissions  on other resources",
    ]);
  });

  it('only change if it is not', () => {
    expect(lines(statement('a:B', 'one'), undefined)).toEqual(["    ~ state machine's permissions"]);
    expect(lines(statement('a:B', 'one'), statement('a:B', 'one'))).toEqual(["    ~ state machine's permissions"]);
  });
});
