import { idWithJob, itemId, parseRunId, wholeRunId } from '../../../cli/model/run-id';

it('an ID with a job is read as it was written', () => {
  expect(idWithJob('nightly', 'by:hand')).toBe('nightly:by:hand');
  expect(parseRunId('nightly:by:hand')).toEqual({ job: 'nightly', name: 'by:hand' });
  expect(parseRunId('nightly:a\nb')).toEqual({ job: 'nightly', name: 'a\nb' });
});

it.each(['nightly-1f', '', ':by-hand', ':a:b'])('"%s" is a name alone', (id) => {
  expect(parseRunId(id)).toEqual({ name: id });
});

it('an item of a run has an ID of its own, also one with a job', () => {
  expect(parseRunId(itemId('nightly-1f', 17))).toEqual({ name: 'nightly-1f', item: 17 });
  expect(parseRunId(itemId(idWithJob('nightly', 'by-hand'), 0))).toEqual({ job: 'nightly', name: 'by-hand', item: 0 });
  expect(wholeRunId(itemId('nightly:by-hand', 17))).toBe('nightly:by-hand');
  expect(wholeRunId('nightly-1f')).toBe('nightly-1f');
});
