import type { RunAttempt } from '../../../../cli/operate/run-story';
import { runLinks } from '../../../../cli/operate/show/run-links';
import { answers, deploymentOf, type Given } from '../fake-aws';
import { attempt, RUN, story } from '../why/sample-facts';

function linksOf(attempts: readonly RunAttempt[], s3Uri?: string, given?: Given) {
  const deployment = deploymentOf(answers({}), given);
  const event = { bytes: 1, input: '{}', s3Uri };
  return runLinks(deployment, deployment.jobNamed('report'), story({ attempts, event }));
}

const ran = (jobId: string, ...streams: (string | undefined)[]) =>
  attempt({ jobId, starts: streams.map((logStream, index) => ({ number: index + 1, isReclaim: false, logStream })) });

it('has the execution, the last job, the log of its last container, and the stored event', () => {
  const links = linksOf(
    [ran('job-1', 'stream-1'), ran('job-2', 'stream-2', 'stream-3')],
    's3://events/report/a b.json',
  );
  expect(links).toEqual({
    Execution: expect.stringMatching(new RegExp(`executions/details/arn:aws:states:.*:${RUN}$`)),
    'Last job': expect.stringMatching(/jobs\/detail\/job-2$/),
    'Last log': expect.stringMatching(/log-group\/\$252Fbatch-jobs\$252Fshop\$252Freport\/log-events\/stream-3$/),
    'Stored event': expect.stringMatching(/object\/events\?region=eu-west-1&prefix=report%2Fa%20b\.json$/),
  });
});

it.each([
  ['without an attempt', []],
  ['without a job', [attempt({ jobId: undefined })]],
])('has the execution only, %s', (_, attempts) => {
  expect(Object.keys(linksOf(attempts))).toEqual(['Execution']);
});

it('has no log without a container, a stream or a log group', () => {
  expect(Object.keys(linksOf([ran('job-1')]))).toEqual(['Execution', 'Last job']);
  expect(Object.keys(linksOf([ran('job-1', 'stream-1', undefined)]))).toEqual(['Execution', 'Last job']);
  const silent = { properties: { logging: { disabled: true } } };
  expect(Object.keys(linksOf([ran('job-1', 'stream-1')], undefined, silent))).toEqual(['Execution', 'Last job']);
});

it.each(['https://events/report', 's3://events', 's3://events/'])('has no stored event at %s', (s3Uri) => {
  expect(linksOf([], s3Uri)).not.toHaveProperty('Stored event');
});

it('has none where the console is not public', () => {
  expect(linksOf([ran('job-1', 'stream-1')], 's3://events/report/a', { region: 'us-iso-east-1' })).toEqual({});
});
