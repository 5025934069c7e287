import { stripVTControlCharacters } from 'node:util';
import type { JobFacts } from '../../../../cli/operate/info/facts';
import { infoLines } from '../../../../cli/operate/info/info-text';

const textOf = (job: Partial<JobFacts>) =>
  infoLines(
    {
      stack: 'shop',
      account: '123456789012',
      region: 'eu-west-1',
      jobs: [{ name: 'report', missing: [], queueArns: [], starts: [], links: {}, ...job }],
      queues: [],
      environments: [],
    },
    80,
    false,
  )
    .map(stripVTControlCharacters)
    .join('\n');

it('says the limits of a job, and what becomes of a run beyond them', () => {
  const limits = { concurrentRuns: 5, runsPerHour: 60, runsPerDay: undefined };
  expect(textOf({ limits: { ...limits, whenExceeded: 'wait' } })).toContain(
    '  Limits  at most 5 at once, 60 per hour; a further run waits for its turn',
  );
  expect(textOf({ limits: { ...limits, whenExceeded: 'skip' } })).toContain('60 per hour; a further run is skipped');
  expect(textOf({})).not.toContain('Limits');
});
