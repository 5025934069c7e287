import { runEvent } from '../../../cli/operate/run-event';
import { byText, shortSource, sourceText } from '../../../cli/operate/run-label';
import type { RunEvent } from '../../../cli/operate/run-story';
import { runEndEvent } from '../../../triggers/batch-job/run-end-event';

const RUN = 'load-3f1c2b4d5e6f708192a3b4c5d6e7f809';
const end = runEndEvent(
  {
    stateMachineArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load',
    ...{ name: RUN, status: 'FAILED', startedAt: 1, endedAt: 2, input: '{}' },
  },
  { id: '1', region: 'eu-west-1', account: '123456789012' },
);

it('a run that the end of another run started says by which run of which job', () => {
  const event = runEvent(JSON.stringify(end), 'report-00000000000000000000000000000000');
  expect(event).toMatchObject({ source: 'batch-job', earlier: { run: RUN, job: 'load' } });
  expect([byText(event), sourceText(event), shortSource(event)]).toEqual([
    'by run load-3f1c2b4d of job load',
    'run load-3f1c2b4d',
    'job',
  ]);
});

it.each<[RunEvent | undefined, string, string]>([
  [{ source: 'schedule', bytes: 1, input: '' }, 'schedule', 'schedule'],
  [{ source: 'event-bus', bytes: 1, input: '' }, 'event-bus', 'bus'],
  [{ bytes: 1, input: '' }, 'large event', 'large'],
  [undefined, '', ''],
])('%j: %s, in a narrow column %s', (event, text, short) => {
  expect([sourceText(event), shortSource(event)]).toEqual([text, short]);
});

it.each<[RunEvent, string]>([
  [{ source: 'by hand', bytes: 1, input: '' }, 'by hand'],
  [{ source: 'by-pass.json', bytes: 1, input: '' }, 'by by-pass.json'],
  [{ source: 'custom', bytes: 1, input: '' }, 'by a custom event'],
  [{ bytes: 1, input: '' }, 'by a large event'],
])('%j, after a verb: %s', (event, text) => {
  expect(byText(event)).toBe(text);
});
