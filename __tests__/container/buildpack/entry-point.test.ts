import { entryPoint } from '../../../modules/container/buildpack/entry-point';

it.each([
  ['jobs/report.ts', { path: 'jobs/report.ts' }],
  ['jobs/report.py', { path: 'jobs/report.py' }],
  ['jobs/report.py:run', { path: 'jobs/report.py', object: 'run' }],
  ['jobs/report.py:App().run', { path: 'jobs/report.py', object: 'App().run' }],
  ['jobs/report.py:', { path: 'jobs/report.py' }],
  // Neither of them is a file that ends in .py, which the report of the config says.
  ['jobs/report.py:a/b', { path: 'jobs/report.py:a/b' }],
  ['jobs/report.js:run', { path: 'jobs/report.js:run' }],
])('%s', (written, parsed) => {
  expect(entryPoint(written)).toEqual(parsed);
});
