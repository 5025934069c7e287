import { jobProblems, SMALLEST_JOB } from './samples';

describe('what nothing builds yet', () => {
  it.each([
    [
      'packaging',
      { container: { packaging: { type: 'external-buildpack', properties: { sourceDirectoryPath: '.' } } } },
      'container.packaging.type',
      '"external-buildpack"',
      '"external-buildpack" is not supported yet: write a Dockerfile and use custom-dockerfile',
    ],
  ])('is refused by name: %s', (_, properties, path, found, fix) => {
    expect(jobProblems(properties)).toEqual([expect.objectContaining({ path, found, fix })]);
  });

  it('is refused although it is incomplete or something else is wrong', () => {
    const problems = jobProblems({
      container: { packaging: { type: 'external-buildpack', properties: {} } },
      events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hours)' } }],
      connectTo: [''],
      logging: { logForwarding: null, retentionDays: 2 },
    });
    expect(problems.map(({ path }) => path)).toEqual([
      'container.packaging.type',
      'container.packaging.properties.sourceDirectoryPath',
      'events[0].properties.scheduleRate',
      'connectTo[0]',
      'logging.logForwarding',
      'logging.retentionDays',
    ]);
  });

  it('is not taken for what is unknown, or is not there', () => {
    expect(jobProblems({ ...SMALLEST_JOB, connectTo: [], events: [] })).toEqual([]);
    expect(jobProblems({ events: [{ type: 'sms' }] })).toEqual([
      expect.objectContaining({ fix: expect.not.stringContaining('yet') }),
    ]);
  });
});
