import { bandGroups, bandsOf, bandsText, titles, withoutEvents } from '../../../cli/model/bands';
import type { BandPicture, PictureItem, StackPicture } from '../../../cli/model/stack';

function item(title: string, kind = 'bucket'): PictureItem {
  return { id: title, kind, title, detail: [], settings: [], permissions: [], costs: [], addresses: [] };
}

function band(name: string, kind: 'job' | 'function'): BandPicture {
  return { item: item(name, kind), name, lines: [], startedBy: [], runsOn: [], uses: [] };
}

const [report, tally, guard] = [band('report', 'job'), band('tally', 'function'), band('guard', 'function')];
const jobs = [report] as unknown as StackPicture['jobs'];

it('jobs are before functions, each kind with its words', () => {
  expect(bandsOf({ jobs, functions: [tally] })).toEqual([report, tally]);
  expect(bandsOf({ jobs })).toEqual([report]);
  const groups = bandGroups([tally, report]);
  expect(groups.map(({ title, words, bands }) => [title, words.startedBy, words.name, bands])).toEqual([
    ['Jobs', 'Started by', 'Job', [report]],
    ['Functions', 'Invoked by', 'Function', [tally]],
  ]);
  expect(bandGroups([])).toEqual([]);
});

it.each([
  [{ jobs: [], functions: [] }, '0 jobs'],
  [{ jobs }, '1 job'],
  [{ jobs: [], functions: [tally] }, '1 function'],
  [{ jobs, functions: [tally, guard] }, '1 job, 2 functions'],
])('counts them: %#', (picture, text) => {
  expect(bandsText(picture)).toBe(text);
});

it('says what stands where there are no events', () => {
  expect(withoutEvents(report)).toEqual({ title: 'By hand', detail: 'no event starts it' });
  expect(withoutEvents(tally)).toEqual({ title: 'No events', detail: 'no event invokes it' });
  const detail = (...invokedBy: string[]) => withoutEvents({ ...tally, invokedBy }).detail;
  expect(detail('report')).toBe('report can invoke it');
  expect(detail('report', 'guard', 'pool')).toBe('report, guard and pool can invoke it');
  expect(detail('a', 'b', 'c', 'd')).toBe('a, b and 2 others can invoke it');
});

it('titles are counted, in the order of the first of each', () => {
  expect(titles([item('Queue'), item('Schedule'), item('Queue')])).toBe('2 × Queue, Schedule');
  expect(titles([])).toBe('');
});
