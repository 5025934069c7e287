import {
  cut,
  isHostGone,
  isOutOfMemory,
  placementReason,
  plainReason,
  refusalKind,
} from '../../../../cli/model/words/reason';

it.each([
  [undefined, undefined],
  [' ', undefined],
  ['Exit code 1', undefined],
  ['Essential container in task exited', undefined],
  ['Essential container in task exited: killed', 'killed'],
  ['killed (exit code 137)', 'killed'],
  ['two\n  lines', 'two lines'],
])('the reason %j says %j', (reason, text) => {
  expect(plainReason(reason)).toBe(text);
});

it.each([
  ['MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE', 'it needs more vCPUs than its compute environment can have'],
  ['MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT', 'no instance has the vCPUs, memory or GPUs that it needs'],
  ['MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED', 'none of its instance types can be launched'],
  ['MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS', 'the service role of AWS Batch lacks a permission'],
  ['CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY', 'AWS had no capacity for it'],
  ['something else', 'something else'],
])('a job that a queue canceled: %s', (reason, text) => {
  expect(placementReason(`Canceled by JobStateTimeLimit action due to reason: ${reason}`)).toBe(text);
});

it('says that no reason was given', () => {
  expect([placementReason(undefined), placementReason(' ')]).toEqual(Array(2).fill('AWS Batch gave no reason'));
});

it.each([
  ['TooManyRequestsException', 'throttled'],
  ['Throttling', 'throttled'],
  ['Rate exceeded', 'throttled'],
  ['status code: 429', 'throttled'],
  ['AccessDeniedException', 'denied'],
  ['is not authorized to perform', 'denied'],
  ['States.Permissions', 'denied'],
  ['status code: 403', 'denied'],
  ['ClientException', 'invalid'],
])('%s: %s', (text, kind) => {
  expect(refusalKind(text)).toBe(kind);
});

it('knows that memory ran out, or that the instance is gone', () => {
  expect(isOutOfMemory(undefined, 'OutOfMemoryError: x')).toBe(true);
  expect(isOutOfMemory(undefined, 'killed')).toBe(false);
  expect([' Host EC2 gone', 'the Host EC2', undefined].map(isHostGone)).toEqual([true, false, false]);
});

it.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['ab cd', 4, 'ab…'],
  ['😀😀', 2, '😀😀'],
  ['ab', 0, '…'],
])('%s in a room of %i: %s', (text, room, expected) => {
  expect(cut(text, room)).toBe(expected);
});
