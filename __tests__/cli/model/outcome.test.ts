import { outcomeLook, RUN_OUTCOMES } from '../../../cli/model/outcome';
import type { StartOutcome } from '../../../cli/model/run';

it.each<[StartOutcome, string]>([
  ['running', 'Running live acc'],
  ['succeeded', 'Succeeded check ok'],
  ['failed', 'Failed cross bad'],
  ['timed-out', 'Timed out cross bad'],
  ['stopped', 'Stopped stopped muted'],
  ['queued', 'In queue live acc'],
  ['starting', 'Starting live acc'],
  ['interrupted', 'Interrupted interrupted warn'],
  ['canceled', 'Canceled stopped muted'],
  ['not-started', 'Not started cross bad'],
  ['refused', 'Refused cross bad'],
])('%s has its word, its shape and its colour: %s', (outcome, look) => {
  const { word, icon, tone } = outcomeLook(outcome);
  expect(`${word} ${icon} ${tone}`).toBe(look);
});

it('a filter has the outcomes of runs, the running ones first', () => {
  expect(RUN_OUTCOMES).toEqual(['running', 'succeeded', 'failed', 'timed-out', 'stopped']);
});
