import { idWithJob, parseRunId } from '../../../cli/model/run-id';

it('an ID with a job is read as it was written', () => {
  expect(idWithJob('nightly', 'by:hand')).toBe('nightly:by:hand');
  expect(parseRunId('nightly:by:hand')).toEqual({ job: 'nightly', name: 'by:hand' });
  expect(parseRunId('nightly:a\nb')).toEqual({ job: 'nightly', name: 'a\nb' });
});

it.each(['nightly-1f', '', ':by-hand', ':a:b'])('"%s" is a name alone', (id) => {
  expect(parseRunId(id)).toEqual({ name: id });
});
