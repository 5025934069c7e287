import { Token } from 'cdktf';
import { indexed } from '../../../modules/config/indexed-config';
import { followers } from '../../../triggers/batch-job/followers';

const ARN = 'arn:aws:states:eu-west-1:123456789012:stateMachine:reports-load';

/** The jobs that an event of `report` waits for, beside a job called `load`. */
function found(properties: object, { resources = {}, ...more }: { [key: string]: unknown } = {}) {
  const events = [
    { type: 'schedule', properties: {} },
    { type: 'batch-job', properties },
  ];
  const config = {
    stackName: 'reports',
    region: 'eu-west-1',
    ...more,
    resources: {
      load: { type: 'batch-job', properties: {} },
      report: { type: 'batch-job', properties: { events } },
      ...(resources as object),
    },
  };
  return followers(indexed(config)).map(({ property, given, other }) => ({ property, given, other }));
}
const ofArn = (given: string, more?: { [key: string]: unknown }) => found({ stateMachineArn: given }, more)[0]?.other;

it('an event waits for the job that it names, whether there is one or not', () => {
  expect(found({ jobName: 'load' })).toEqual([{ property: 'jobName', given: 'load', other: 'load' }]);
  expect(found({ jobName: 'gone' })).toEqual([{ property: 'jobName', given: 'gone', other: 'gone' }]);
});

it('an event has its place', () => {
  const config = {
    resources: {
      a: { type: 'batch-job', properties: { events: [{ type: 'batch-job', properties: { jobName: 'b' } }] } },
    },
  };
  expect(followers(indexed(config))).toMatchObject([
    { path: ['resources', 'a', 'properties', 'events', 0, 'properties'], other: 'b' },
  ]);
});

it('an event that names no job waits for none', () => {
  expect(found({})).toEqual([]);
  expect(found({ jobName: 7 })).toEqual([]);
});

describe('an ARN', () => {
  it('is that of the job with the name of its state machine', () => {
    expect(found({ stateMachineArn: ARN })).toEqual([{ property: 'stateMachineArn', given: ARN, other: 'load' }]);
  });

  it.each([
    ['of another name', ARN.replace('load', 'other'), {}],
    ['of another region', ARN.replace('eu-west-1', 'us-east-1'), {}],
    ['of a stack with a prefix', ARN, { namePrefix: 'acme-' }],
    ['of a stack without a name', ARN, { stackName: undefined }],
    ['that only Terraform knows', Token.asString({ resolve: () => ARN }), {}],
  ])('%s is of no job', (_, given, more) => {
    expect(ofArn(given, more)).toBeUndefined();
  });

  it('can have any region where the stack has none', () => {
    expect(ofArn(ARN, { region: undefined })).toBe('load');
  });
});

describe('a directive', () => {
  it('refers to a job by its state machine', () => {
    expect(ofArn("$ResourceParam('load', 'stateMachineArn')")).toBe('load');
    expect(ofArn("$ResourceParam('load', 'logGroupArn')")).toBeUndefined();
    expect(ofArn("$ResourceParam('gone', 'stateMachineArn')")).toBeUndefined();
  });

  it('refers to one that is there by its ARN', () => {
    const machine = (existing?: object) => ({ resources: { machine: { type: 'state-machine', existing } } });
    expect(ofArn("$ResourceParam('machine', 'arn')", machine({ arn: ARN }))).toBe('load');
    expect(ofArn("$ResourceParam('machine', 'arn')", machine({ arn: 7 }))).toBeUndefined();
    expect(ofArn("$ResourceParam('machine', 'arn')", machine())).toBeUndefined();
  });
});
