import {
  dockerfileStages,
  type StageChoice,
  stageNotes,
  stageProblems,
} from '../../modules/container/dockerfile-stages';

const FILE = `# syntax=docker/dockerfile:1
ARG VERSION=3.12
ARG FLAVOUR
FROM --platform=$BUILDPLATFORM node:24 AS assets
RUN <<END
select 1
FROM nothing AS ghost
END
FROM python:\${VERSION}-slim AS Packages
ARG VERSION=2
RUN pip install \\
  # in the middle
  --no-cache-dir six
from packages as job
ENTRYPOINT ["python"]
CMD ["job.py"]
FROM \${FLAVOUR} AS test
CMD pytest
`;

const choice = (more: Partial<StageChoice> = {}): StageChoice => ({
  architecture: 'x86_64',
  buildArgs: [],
  hasCommand: false,
  ...more,
});
const problems = (text: string, more: Partial<StageChoice>) =>
  stageProblems(dockerfileStages(text, choice(more)), choice(more));
const notes = (text: string, more: Partial<StageChoice> = {}) =>
  stageNotes(dockerfileStages(text, choice(more)), choice(more)).map(
    ({ property, message }) => `${property}: ${message}`,
  );

it('reads the stages of a Dockerfile', () => {
  const none = { entrypoint: undefined, platform: undefined, hasCommand: false };
  const stages = dockerfileStages(FILE, choice());
  expect(stages.map((stage) => ({ ...none, ...stage }))).toEqual([
    { ...none, name: 'assets', from: 'node:24' },
    { ...none, name: 'packages', from: 'python:3.12-slim' },
    { ...none, name: 'job', from: 'packages', entrypoint: 'words', hasCommand: true },
    { ...none, name: 'test', from: undefined, hasCommand: true },
  ]);
});

it('takes build arguments for FROM lines', () => {
  const stages = dockerfileStages(
    FILE,
    choice({
      buildArgs: [
        ['VERSION', '3.13'],
        ['FLAVOUR', 'busybox'],
      ],
    }),
  );
  expect(stages.map(({ from }) => from)).toEqual(['node:24', 'python:3.13-slim', 'packages', 'busybox']);
});

describe('target', () => {
  it.each(['job', 'JOB', 'packages', '0', '3'])('may be %s', (target) => {
    expect(problems(FILE, { target })).toEqual([]);
  });

  it('is refused if the Dockerfile has no such stage', () => {
    expect(problems(FILE, { target: 'jobs' })).toEqual([
      {
        property: ['target'],
        found: '"jobs", which is not a stage of the Dockerfile',
        accepted: 'the name of a stage: assets, packages, job, test',
        fix: 'did you mean "job"?',
      },
    ]);
    expect(problems(FILE, { target: 'ghost' })).toMatchObject([{ fix: 'use one of these stages, or remove target' }]);
    expect(problems(FILE, { target: '4' })).toHaveLength(1);
    expect(problems('FROM scratch', { target: 'job' })).toMatchObject([
      {
        accepted: 'nothing, because no stage of the Dockerfile has a name',
        fix: 'add AS and a name to a FROM line, or remove target',
      },
    ]);
  });
});

describe('platform', () => {
  it("may be that of the job's architecture", () => {
    expect(problems(FILE, { platform: 'linux/amd64' })).toEqual([]);
    expect(problems(FILE, { platform: 'linux/arm64', architecture: 'arm64' })).toEqual([]);
  });

  it('may not be another one', () => {
    expect(problems(FILE, { platform: 'linux/arm64' })).toEqual([
      {
        property: ['platform'],
        found: '"linux/arm64", and x86_64 as resources.architecture',
        accepted: 'linux/amd64, the platform of x86_64',
        fix: 'set resources.architecture to arm64, or remove platform',
      },
    ]);
  });

  it('of a FROM line may not be another one if the image comes of it', () => {
    const text = 'FROM --platform=linux/amd64 a AS base\nFROM --platform=$BUILDPLATFORM b AS tools\nFROM base AS job\n';
    expect(problems(text, {})).toEqual([]);
    expect(problems(text, { architecture: 'arm64', target: 'tools' })).toEqual([]);
    expect(problems(text, { architecture: 'arm64' })).toEqual([
      {
        property: ['dockerfilePath'],
        found: 'FROM --platform=linux/amd64, and arm64 as resources.architecture',
        accepted: 'linux/arm64 for the stage of the image',
        fix: 'remove --platform from that line, or set resources.architecture to x86_64',
      },
    ]);
    expect(problems('FROM --platform=linux/arm64/v8 a', { architecture: 'arm64' })).toEqual([]);
    expect(problems('FROM --platform=$TARGETPLATFORM a', { architecture: 'arm64' })).toEqual([]);
  });
});

describe('a note', () => {
  it('reports that nothing defines what the container runs', () => {
    const message =
      'dockerfilePath: neither the Dockerfile nor command sets what the container runs, so it runs the command of the base image. ' +
      'Add CMD to the Dockerfile, or set command';
    expect(notes(FILE, { target: 'packages' })).toEqual([message]);
    expect(notes('FROM a AS base\nRUN make\nFROM base')).toEqual([message]);
  });

  it('says that command has no effect after an ENTRYPOINT for a shell', () => {
    expect(notes('FROM a\nENTRYPOINT python job.py', { hasCommand: true })).toEqual([
      'command: the ENTRYPOINT of the Dockerfile is in shell form, so command has no effect. Write the ENTRYPOINT in exec form: ["program", "argument"]',
    ]);
  });

  it.each<[string, Partial<StageChoice>]>([
    [FILE, {}],
    [FILE, { target: 'job' }],
    [FILE, { target: 'packages', hasCommand: true }],
    ['FROM a AS base\nCMD ["x"]\nFROM base', {}],
    ['FROM a\nENTRYPOINT python job.py', {}],
    ['', {}],
  ])('is not made without need', (text, more) => {
    expect(notes(text, more)).toEqual([]);
  });
});
