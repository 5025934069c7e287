import { canBePlain, containerSource } from '../../../cli/local/container-source';
import { EngineFault } from '../../../cli/local/engine-fault';
import type { LocalJob } from '../../../cli/local/local-job';
import type { Report } from '../../../cli/run-report/report';

const mock = {
  find: jest.fn(),
  pull: jest.fn(),
  build: jest.fn(),
  secrets: jest.fn(),
  missing: jest.fn(),
};
jest.mock('../../../cli/local/engine-client', () => ({
  ...jest.requireActual('../../../cli/local/engine-client'),
  containerEngine: (wanted: unknown) => mock.find(wanted),
}));
jest.mock('../../../cli/local/image-pull', () => ({ pullImage: (...words: unknown[]) => mock.pull(...words) }));
jest.mock('../../../cli/local/image-build', () => ({ buildImage: (...words: unknown[]) => mock.build(...words) }));
jest.mock('../../../cli/local/build-secrets', () => ({
  buildSecretValues: (...words: unknown[]) => mock.secrets(...words),
}));
jest.mock('../../../cli/local/container-engine', () => ({
  engineContainers: (engine: string, container: { image: string }) => ({ engine, image: container.image }),
}));
jest.mock('../../../cli/local/local-volumes', () => ({
  volumeNotes: (_: unknown, isPlain: boolean) => [isPlain ? 'plain volumes' : 'volumes'],
}));
jest.mock('../../../cli/local/plain-process', () => ({
  missingProgram: (launch: unknown) => mock.missing(launch),
  plainProcesses: (made: object) => ({ plain: made }),
  runsWithoutEngine: (launch: { canRun: boolean }) => launch.canRun,
}));

const FOUND = { engine: 'docker' };
const NONE = { engine: undefined, silent: [] };
const LAUNCH = { canRun: true };

beforeEach(() => {
  for (const each of Object.values(mock)) each.mockReset();
  mock.find.mockReturnValue(FOUND);
  mock.build.mockResolvedValue('built');
});

const job = (context: object | undefined, type = 'stacktape-image-buildpack') =>
  ({
    name: 'etl',
    stack: 'reports',
    packaging: { type },
    container: { image: 'image' },
    context,
  }) as unknown as LocalJob;
const BUILT = job({ files: ['a'], launch: LAUNCH });
const DOCKERFILE = job({ files: [] }, 'custom-dockerfile');
const PREBUILT = job(undefined, 'prebuilt-image');

/** The source, and what was told. */
async function source(of: LocalJob, options: { plain?: boolean; engine?: 'docker' | 'podman' } = {}, region?: string) {
  const told: object[] = [];
  const report = { tell: (event: object) => told.push(event) } as unknown as Report;
  const given = { plain: options.plain ?? false, engine: options.engine };
  const [made, error] = await containerSource(of, given, report, region).then(
    (found) => [found, undefined],
    (caught) => [undefined, caught],
  );
  return { made, error, told };
}

const NOTE = { type: 'note', text: 'volumes' };
const PLAIN = { plain: { files: ['a'], launch: LAUNCH } };

it.each([
  [BUILT, true],
  [job({ launch: { canRun: false } }), false],
  [DOCKERFILE, false],
  [PREBUILT, false],
])('%# runs without an engine: %s', (given, expected) => {
  expect(canBePlain(given)).toBe(expected);
});

it.each([true, false])('a buildpack of others is refused (plain: %s)', async (plain) => {
  const { error } = await source(job({}, 'external-buildpack'), { plain });
  expect(error.message).toBe(
    'etl runs an image of type external-buildpack, which cannot be built locally. Use another packaging to try the job.',
  );
});

describe('with an engine', () => {
  it('an image from a registry is pulled', async () => {
    expect(await source(PREBUILT)).toMatchObject({ made: { engine: 'docker', image: 'image' }, told: [NOTE] });
    expect(mock.pull).toHaveBeenCalledWith('docker', PREBUILT.container, expect.anything());
    expect(mock.build).not.toHaveBeenCalled();
  });

  it('an image is built for the job, with its secrets if it needs them', async () => {
    expect(await source(BUILT, {}, 'eu-west-1')).toMatchObject({
      made: { engine: 'docker', image: 'built' },
      told: [NOTE],
    });
    expect(mock.pull).not.toHaveBeenCalled();
    const [[engine, context, { owner, secrets }]] = mock.build.mock.calls;
    expect([engine, context, owner]).toEqual(['docker', BUILT.context, { stack: 'reports', job: 'etl' }]);
    expect(mock.secrets).not.toHaveBeenCalled();
    secrets();
    expect(mock.secrets).toHaveBeenCalledWith(BUILT.context, 'eu-west-1');
  });

  it('it can be one that was asked for', async () => {
    mock.find.mockReturnValue({ engine: 'podman' });
    expect((await source(BUILT, { engine: 'podman' })).made).toMatchObject({ engine: 'podman' });
    expect(mock.find).toHaveBeenCalledWith('podman');
  });
});

describe('as a plain process', () => {
  it('an entry file runs if that is asked for', async () => {
    expect(await source(BUILT, { plain: true })).toEqual({
      made: PLAIN,
      error: undefined,
      told: [{ type: 'note', text: 'plain volumes' }],
    });
    expect(mock.find).not.toHaveBeenCalled();
  });

  it('another image is refused', async () => {
    expect((await source(DOCKERFILE, { plain: true })).error.message).toBe(
      'etl runs an image of type custom-dockerfile and cannot run as a plain process: only JavaScript, TypeScript and Python entry files run without a container engine. Remove --plain.',
    );
  });

  it('an entry file runs where there is no engine', async () => {
    mock.find.mockReturnValue(NONE);
    expect(await source(BUILT)).toMatchObject({ made: PLAIN });
  });

  it('it needs its program', async () => {
    mock.missing.mockReturnValue('python3');
    expect((await source(BUILT, { plain: true })).error.message).toBe(
      'etl needs python3, which does not run here. Install it, or start Docker or Podman.',
    );
    expect(mock.missing).toHaveBeenCalledWith(LAUNCH);
  });

  it('an engine that does not work is told', async () => {
    mock.find.mockReturnValue({
      engine: undefined,
      silent: [
        { engine: 'docker', said: 'Cannot connect to the Docker daemon' },
        { engine: 'podman', said: '' },
      ],
    });
    const { told, made } = await source(BUILT);
    expect(made).toEqual(PLAIN);
    expect(told).toEqual([
      { type: 'engine', by: 'docker', text: expect.stringMatching(/not running.*; the job runs as a plain process$/) },
      {
        type: 'engine',
        by: 'podman',
        text: expect.stringMatching(/does not answer: no reason given; the job runs as a plain process$/),
      },
      { type: 'note', text: 'plain volumes' },
    ]);
  });
});

describe('without an engine', () => {
  it('another image is refused', async () => {
    mock.find.mockReturnValue(NONE);
    expect((await source(PREBUILT)).error.message).toBe(
      'etl runs an image of type prebuilt-image, and neither Docker nor Podman is available: only JavaScript, TypeScript and Python entry files run without a container engine. Start one of them.',
    );
  });

  it('the one that was asked for is missing, also to an entry file', async () => {
    mock.find.mockReturnValue(NONE);
    expect((await source(BUILT, { engine: 'podman' })).error.message).toBe(
      'podman is not on the PATH. Install it, or remove --engine and unset BATCH_JOBS_ENGINE.',
    );
  });

  it.each([
    ['Cannot connect to the Docker daemon', /not running/],
    ['something odd', /does not answer: something odd[\s\S]*[Rr]un docker info for details/],
  ])('one that says %j is at fault', async (said, message) => {
    mock.find.mockReturnValue({ engine: undefined, silent: [{ engine: 'docker', said }] });
    for (const { error } of [await source(PREBUILT), await source(BUILT, { engine: 'docker' })]) {
      expect(error).toBeInstanceOf(EngineFault);
      expect(error.message).toMatch(message);
    }
  });
});
