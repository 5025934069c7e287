import { undecidedJobs } from '../../../../../cli/console/page/undelivered/undecided-jobs';

function event(jobs: string[], functions: string[] = []) {
  return { jobs, functions };
}

it.each<[string, ReturnType<typeof event>[], string[]]>([
  ['nothing', [], []],
  ['an event that only one job can get', [event(['tally'])], []],
  ['events that several can get', [event(['tally', 'sort']), event(['sort', 'clean'])], ['clean', 'sort', 'tally']],
  ['an event of a function', [event(['tally', 'sort'], ['resize'])], []],
])('of %s', (_what, events, jobs) => {
  expect(undecidedJobs(events)).toEqual(jobs);
});
