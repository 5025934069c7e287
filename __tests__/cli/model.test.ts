import { durationText, shortDurationText } from '../../cli/model/duration';
import { outcomeLook, RUN_OUTCOMES } from '../../cli/model/outcome';
import { idWithJob, parseRunId } from '../../cli/model/run-id';
import { changedSource, sampledType, sampleSource } from '../../cli/model/sample-source';
import { clockText, dateTimeText, listTimeText } from '../../cli/model/time-text';
import { attemptRowId, parseRowId, startRowId } from '../../cli/model/timeline/row-id';
import { stoppedBy, whoStopped } from '../../cli/model/words/stopped-by';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

it.each([
  [-5, '0s'],
  [0, '0s'],
  [380, '0.4s'],
  [5 * SECOND, '5s'],
  [12_449, '12.4s'],
  [19_960, '20s'],
  [58.4 * SECOND, '58s'],
  [59.6 * SECOND, '1m 00s'],
  [124 * SECOND, '2m 04s'],
  [5 * MINUTE + 22 * SECOND, '5m 22s'],
  [HOUR - 400, '1h 00m'],
  [HOUR + 12 * MINUTE + 20 * SECOND, '1h 12m'],
  [DAY - 20 * SECOND, '1d 0h'],
  [2 * DAY + 4 * HOUR, '2d 4h'],
  [90 * DAY, '90d 0h'],
])('%d milliseconds are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});

it('times have the form of their place', () => {
  const at = Date.UTC(2026, 10, 25, 14, 0, 2);
  expect(clockText(at, 'utc')).toBe('14:00:02');
  expect(dateTimeText(at, 'utc')).toBe('25 Nov 2026, 14:00:02 UTC');
  expect(listTimeText(at, at + 2 * HOUR, 'utc')).toBe('14:00:02');
  expect(listTimeText(at, at + 12 * HOUR, 'utc')).toBe('25 Nov 14:00');
  expect(listTimeText(at, at + 300 * DAY, 'utc')).toBe('25 Nov 2026');
  const local = new Date(2026, 10, 5, 4, 7, 9).getTime();
  expect(dateTimeText(local)).toBe('5 Nov 2026, 04:07:09');
});

it('every outcome of a run has a different word', () => {
  expect(new Set(RUN_OUTCOMES.map((outcome) => outcomeLook(outcome).word)).size).toBe(RUN_OUTCOMES.length);
});

it.each([
  [5 * MINUTE, '5m'],
  [5 * MINUTE + 20 * SECOND, '5m 20s'],
  [HOUR, '1h'],
  [HOUR + 10 * MINUTE, '1h 10m'],
  [2 * DAY, '2d'],
  [400, '0.4s'],
])('%d ms without a unit that is 0 are %s', (milliseconds, text) => {
  expect(shortDurationText(milliseconds)).toBe(text);
});

it('an event that was changed twice is a changed one', () => {
  expect(changedSource('order.json')).toBe('changed order.json');
  expect(changedSource(changedSource('order.json'))).toBe('changed order.json');
});

it('what is written is read as it was', () => {
  expect(parseRunId(idWithJob('nightly', 'by:hand'))).toEqual({ job: 'nightly', name: 'by:hand' });
  expect(sampledType(sampleSource('sqs'))).toBe('sqs');
  expect(parseRowId(attemptRowId(12))).toEqual({ attempt: 12 });
  expect(parseRowId(startRowId(12, 3))).toEqual({ attempt: 12, start: 3 });
  expect(whoStopped(stoppedBy('the console'))).toBe('the console');
});

it('what others have written is not taken for it', () => {
  expect(parseRunId('nightly-1f')).toEqual({ name: 'nightly-1f' });
  expect(sampledType('by hand')).toBeUndefined();
  expect(['trigger', 'w2', 'f4', 'a2.3.4', 'a'].map(parseRowId)).toEqual(Array(5).fill(undefined));
  expect(whoStopped('Stopped by Ann.')).toBe('Ann');
  expect(whoStopped('too expensive')).toBeUndefined();
});
