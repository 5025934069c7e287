import { EngineFault } from '../../../cli/local/engine-fault';
import { pullImage } from '../../../cli/local/image-pull';
import type { LocalContainer } from '../../../cli/local/local-container';
import type { Report } from '../../../cli/run-report/report';

const mock = { ask: jest.fn(), run: jest.fn(), dispose: jest.fn() };
jest.mock('../../../cli/local/engine-client', () => ({
  askEngine: (...words: unknown[]) => mock.ask(...words),
  runClient: (...words: unknown[]) => mock.run(...words),
}));
jest.mock('../../../cli/local/engine-scratch', () => ({
  createEngineScratch: (engine: string) => ({ variables: { SCRATCH: engine }, dispose: mock.dispose }),
}));

const ABSENT = { status: 1, stdout: '', stderr: 'Error: No such image: busybox' };

beforeEach(() => {
  mock.ask.mockReset().mockReturnValue(ABSENT);
  mock.run.mockReset().mockResolvedValue({ status: 0, said: '' });
  mock.dispose.mockReset();
});
afterEach(() => jest.restoreAllMocks());

/** Pulls `busybox`, and says what was told. */
async function pull(architecture: LocalContainer['architecture'] = 'x86_64') {
  const told: unknown[] = [];
  const report = { tell: (event: unknown) => told.push(event) } as unknown as Report;
  const error = await pullImage('docker', { image: 'busybox', architecture } as LocalContainer, report).catch(
    (caught) => caught,
  );
  return { told, error };
}

it.each([
  ['x86_64', 'linux/amd64'],
  ['arm64', 'linux/arm64'],
] as const)('an image for %s that is here is not pulled', async (architecture, platform) => {
  mock.ask.mockReturnValue({ status: 0, stdout: `${platform}\n`, stderr: '' });
  expect(await pull(architecture)).toEqual({ told: [], error: undefined });
  expect(mock.ask.mock.calls).toEqual([
    ['docker', ['image', 'inspect', '--format', '{{.Os}}/{{.Architecture}}', 'busybox']],
  ]);
  expect(mock.run).not.toHaveBeenCalled();
});

it.each(['Error: No such image: a', 'no such object', 'a: image not known', 'image Not Found'])(
  'an image is pulled after %j, which is told with its time',
  async (stderr) => {
    mock.ask.mockReturnValue({ ...ABSENT, stderr });
    jest.spyOn(performance, 'now').mockReturnValueOnce(1000).mockReturnValueOnce(3456);
    expect(await pull()).toEqual({
      told: [
        { type: 'image', image: 'busybox', by: 'docker', action: 'pull' },
        { type: 'image', image: 'busybox', by: 'docker', action: 'pulled', seconds: 2.5 },
      ],
      error: undefined,
    });
    expect(mock.run.mock.calls).toEqual([
      ['docker', ['pull', '--quiet', '--platform', 'linux/amd64', 'busybox'], { SCRATCH: 'docker' }],
    ]);
    expect(mock.dispose).toHaveBeenCalledTimes(1);
  },
);

it('an image for another architecture is pulled for this one', async () => {
  mock.ask.mockReturnValue({ status: 0, stdout: 'linux/arm64', stderr: '' });
  expect((await pull()).error).toBeUndefined();
  expect(mock.run).toHaveBeenCalledTimes(1);
});

it('if that cannot be had, the architecture is what is wrong', async () => {
  mock.ask.mockReturnValue({ status: 0, stdout: 'linux/arm64', stderr: '' });
  mock.run.mockResolvedValue({ status: 1, said: 'no space left on device' });
  const { error } = await pull();
  expect(error).toBeInstanceOf(EngineFault);
  expect(error.message).toMatch(/arm64|architecture|platform/);
  expect(error.message).not.toMatch(/disk is full/);
  expect(mock.dispose).toHaveBeenCalledTimes(1);
});

it.each([
  ['no space left on device', /the disk is full/],
  ['something else', /something else/],
])('an engine that says %j when it pulls', async (said, message) => {
  mock.run.mockResolvedValue({ status: 1, said });
  const { error, told } = await pull();
  expect(error).toBeInstanceOf(EngineFault);
  expect(error.message).toMatch(message);
  expect(told).toHaveLength(1);
});

it.each([
  ['no space left on device', /the disk is full/],
  ['something else', /something else/],
])('an engine that says %j when it is asked', async (stderr, message) => {
  mock.ask.mockReturnValue({ status: 125, stdout: '', stderr });
  const { error, told } = await pull();
  expect(error).toBeInstanceOf(EngineFault);
  expect(error.message).toMatch(message);
  expect(told).toEqual([]);
});
