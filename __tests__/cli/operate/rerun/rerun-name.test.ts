import { originalName, rerunName } from '../../../../cli/operate/rerun/rerun-name';
import { executionName } from '../../../../modules/orchestration/trigger/execution-name';

const NAME = executionName('report', { kind: 'sqs', parts: ['1'] });

test('a name says what it repeats, and begins with it', () => {
  expect(rerunName(NAME, 1)).toBe(`${NAME}-rerun-1`);
  expect(rerunName(NAME, 12)).toBe(`${NAME}-rerun-12`);
  expect(rerunName('mine', 2)).toBe('mine-rerun-2');
});

test('a rerun of a rerun names the original', () => {
  expect(rerunName(rerunName(NAME, 3), 4)).toBe(`${NAME}-rerun-4`);
  expect(originalName(`${NAME}-rerun-4`)).toBe(NAME);
  expect(originalName(NAME)).toBe(NAME);
});

test.each([
  ['of a long job', executionName('j'.repeat(80), { kind: 'sqs', parts: ['1'] })],
  ['that a person chose', 'x'.repeat(80)],
])('a long name %s is shortened to what Step Functions and AWS Batch accept, always the same way', (_, name) => {
  const first = rerunName(name, 1);
  expect(first).toMatch(/^[A-Za-z0-9][\w-]{0,79}$/);
  expect(first).toMatch(/-[0-9a-f]{32}-rerun-1$/);
  expect(rerunName(name, 9_999).length).toBeLessThanOrEqual(80);
  expect(rerunName(first, 2)).toBe(first.replace(/1$/, '2'));
});

test('two long names that a person chose, and that differ only at their end, have different reruns', () =>
  expect(rerunName(`${'x'.repeat(79)}a`, 1)).not.toBe(rerunName(`${'x'.repeat(79)}b`, 1)));
