import { type EndedRun, runEndEvent } from '../../../triggers/batch-job/run-end-event';
import { executionEvent } from '../../notifications/documented-events';

const RUN: EndedRun = {
  stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load',
  name: 'load-1',
  status: 'SUCCEEDED',
  startedAt: 1_732_629_600_123,
  endedAt: 1_732_629_700_456,
  input: '{"a":1}',
  output: '{"Status":"SUCCEEDED"}',
};
const ENVELOPE = { id: 'f1', region: 'eu-west-1', account: '123456789012' };

it.each(['SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'] as const)(
  'has the properties that AWS documents: %s',
  (status) => {
    const ended = { ...RUN, status, ...(status === 'FAILED' && { error: 'E', cause: 'C' }), output: undefined };
    const event = runEndEvent(status === 'SUCCEEDED' ? RUN : ended, ENVELOPE);
    const documented = executionEvent('shop-load', status);
    expect(Object.keys(event).sort()).toEqual(Object.keys(documented).sort());
    expect(Object.keys(event.detail).sort()).toEqual(Object.keys(documented.detail).sort());
  },
);

it('tells the run, how it ended, and what started it', () => {
  const event = runEndEvent(RUN, ENVELOPE);
  expect(event).toMatchObject({ id: 'f1', time: '2024-11-26T14:01:40Z', resources: [event.detail.executionArn] });
  expect(event.detail).toMatchObject({
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:shop-load:load-1',
    name: 'load-1',
    status: 'SUCCEEDED',
    startDate: RUN.startedAt,
    stopDate: RUN.endedAt,
    input: '{"a":1}',
    output: '{"Status":"SUCCEEDED"}',
    error: null,
    cause: null,
  });
});

it('leaves out what Step Functions leaves out: 248 KB of the input and the output together, or of the output', () => {
  const large = JSON.stringify('x'.repeat(200 * 1024));
  const both = runEndEvent({ ...RUN, input: large, output: large }, ENVELOPE).detail;
  expect([both.input, both.inputDetails]).toEqual([null, { included: false }]);
  expect([both.output, both.outputDetails]).toEqual([large, { included: true }]);
  const output = runEndEvent({ ...RUN, output: large + large }, ENVELOPE).detail;
  expect([output.output, output.outputDetails, output.input]).toEqual([null, { included: false }, null]);
});
