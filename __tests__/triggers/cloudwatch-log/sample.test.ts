import { gunzipSync } from 'node:zlib';
import { cloudwatchLog } from '../../../triggers/cloudwatch-log/sample';
import type { SampleContext } from '../../../triggers/sample-context';

const NOW = new Date('2026-11-27T12:00:00Z');
const CONTEXT: SampleContext = {
  guesses: [],
  stackName: 'reports',
  region: 'eu-west-1',
  account: '123456789012',
  jobName: 'nightly',
  now: NOW,
  uuid: () => 'id',
  physicalName: (reference) => `name of ${'arn' in reference ? reference.arn : reference.name}`,
  payloadFormat: () => '2.0',
  tableKeys: () => [],
};
const ARN = 'arn:aws:logs:eu-west-1:123456789012:log-group:/my/app';

/** What the job finds in the event. */
function content(filter = '', logGroupArn = ARN) {
  const event = cloudwatchLog({ type: 'cloudwatch-log', properties: { logGroupArn, filter } }, CONTEXT);
  return JSON.parse(gunzipSync(Buffer.from(event.awslogs.data, 'base64')).toString('utf8'));
}
const message = (filter: string) => content(filter).logEvents[0].message;

it('an event has one record of the log group', () => {
  expect(content()).toEqual({
    messageType: 'DATA_MESSAGE',
    owner: '123456789012',
    logGroup: '/my/app',
    logStream: 'sample',
    subscriptionFilters: ['reports-nightly'],
    logEvents: [{ id: `1795780800000${'0'.repeat(43)}`, timestamp: 1_795_780_800_000, message: 'sample record' }],
  });
});

it.each([
  ['arn:aws:logs', ''],
  ["$ResourceParam('app', 'logGroupArn')", "name of $ResourceParam('app', 'logGroupArn')"],
])('the log group of %s is %j', (arn, logGroup) => {
  expect(content('', arn).logGroup).toBe(logGroup);
});

it.each([
  ['ERROR', 'ERROR sample record'],
  ['"not found" 404', 'not found 404 sample record'],
  ['?ERROR ?WARN', 'ERROR WARN sample record'],
  ['ERROR -"not found" -debug', 'ERROR sample record'],
  ['"why?"', 'why? sample record'],
  ['""', 'sample record'],
  ['  ', 'sample record'],
])('a record has the terms of the filter %j: %s', (filter, expected) => {
  expect(message(filter)).toBe(expected);
});

describe('a record of a JSON filter', () => {
  it.each<[string, object]>([
    ['{ $.level = "ERROR" }', { level: 'ERROR' }],
    [' {$.level="ERROR" && $.status = 500}', { level: 'ERROR', status: 500 }],
    ['{ $.a.b = -1.5 || $.a.c = x }', { a: { b: -1.5, c: 'x' } }],
    ['{ $.a = 1 && $.a.b = 2 }', { a: { b: 2 } }],
    ['{ $.a = "500" && $.b = 1.2.3 && $.c = 1x && $.d = x1 }', { a: '500', b: '1.2.3', c: '1x', d: 'x1' }],
    ['{ $.a = "" }', { a: '' }],
    ['{ $.name = *x* && $.other = "*" }', { name: 'samplexsample', other: 'sample' }],
    ['{ $.message = "done" }', { message: 'done' }],
    ['{ $.a > 1 }', {}],
  ])('%s has its values: %j', (filter, fields) => {
    expect(JSON.parse(message(filter))).toEqual({ message: 'sample record', ...fields });
  });

  it('can have any names', () => {
    const record = message('{ $.constructor = 1 && $.__proto__.a = 2 && $.toString.b = 3 }');
    expect(record).toBe('{"message":"sample record","constructor":1,"__proto__":{"a":2},"toString":{"b":3}}');
  });
});
