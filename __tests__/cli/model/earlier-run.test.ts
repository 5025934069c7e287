import { earlierRun, earlierText, isTriggerName, shortName } from '../../../cli/model/earlier-run';
import { runEndEvent } from '../../../triggers/batch-job/run-end-event';

const HASH = '3f1c2b4d5e6f708192a3b4c5d6e7f809';

function endOf(name: string, region = 'eu-west-1') {
  const stateMachineArn = `arn:aws:states:${region}:123456789012:stateMachine:shop-load`;
  const ended = { stateMachineArn, name, status: 'SUCCEEDED', startedAt: 1, endedAt: 2, input: '{}' } as const;
  return JSON.stringify(runEndEvent(ended, { id: '1', region, account: '123456789012' }));
}

it.each([
  [`load-${HASH}`, 'load', `run load-3f1c2b4d of job load`],
  ['by-hand', 'shop-load', 'run by-hand of job shop-load'],
])('the end of %s is that of a run of job %s: %s', (name, job, text) => {
  const earlier = earlierRun(endOf(name));
  expect(earlier).toEqual({ run: name, job });
  expect(earlier && earlierText(earlier)).toBe(text);
});

it('the first part of an event is enough, in compact JSON and in other JSON', () => {
  const text = endOf(`load-${HASH}`);
  expect(earlierRun(text.slice(0, 500))?.job).toBe('load');
  expect(earlierRun(JSON.stringify(JSON.parse(text), undefined, 2))?.job).toBe('load');
});

it.each([
  '',
  '{}',
  'no JSON',
  '{"source":"aws.states","resources":[]}',
  '{"source":"shop","resources":["arn:aws:states:eu-west-1:123456789012:execution:shop-load:load-1"]}',
])('%s is the end of no run', (text) => {
  expect(earlierRun(text)).toBeUndefined();
});

it.each([
  [`load-${HASH}`, true, 'load-3f1c2b4d'],
  ['load-1', false, 'load-1'],
])('the name %s is of the trigger function: %s', (name, is, short) => {
  expect([isTriggerName(name), shortName(name)]).toEqual([is, short]);
});
