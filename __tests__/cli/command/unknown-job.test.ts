import { unknownJob } from '../../../cli/command/unknown-job';
import { UsageError } from '../../../cli/command/usage-error';

it.each([
  ['reprot', ['load', 'report'], 'Did you mean report?'],
  ['x', ['load', 'report'], 'Its jobs: load, report.'],
  ['x', [], 'Its jobs: none.'],
])('no job %s among %j: %s', (name, jobs, hint) => {
  const error = unknownJob('shop', name, jobs);
  expect(error).toBeInstanceOf(UsageError);
  expect(error.message).toBe(`Stack shop has no job "${name}". ${hint}`);
});
