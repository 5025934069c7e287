import { hostname } from 'node:os';
import { holdImage, ownLabel, removeOldImages } from '../../../cli/local/own-images';

const mock = { ask: jest.fn(), atExit: jest.fn(), release: jest.fn() };
jest.mock('../../../cli/local/engine-client', () => ({
  askEngine: (engine: string, words: readonly string[]) => mock.ask(engine, words),
}));
jest.mock('../../../cli/command/at-exit', () => ({
  atExit: (undo: () => void) => {
    mock.atExit(undo);
    return mock.release;
  },
}));

const OWNER = { stack: 'reports', job: 'etl' };
const NOW = Date.parse('2026-01-31T12:00:00Z');

beforeEach(() => {
  for (const each of Object.values(mock)) each.mockReset();
  jest.useFakeTimers({ now: NOW });
});
afterEach(() => jest.useRealTimers());

it('images have a label of their job', () => {
  expect(ownLabel(OWNER)).toBe('batch-jobs.local=reports/etl');
});

describe('an image is held', () => {
  it('by a container that never starts, until the process ends', () => {
    mock.ask.mockReturnValue({ status: 0 });
    expect(holdImage('docker', 'image', OWNER)).toBe(true);
    const [[engine, words]] = mock.ask.mock.calls;
    const name = words[4];
    expect(engine).toBe('docker');
    expect(name).toMatch(new RegExp(`^batch-jobs-local-hold-${process.pid}-[0-9a-f-]{36}$`));
    expect(words).toEqual([
      'create',
      '--pull',
      'never',
      '--name',
      name,
      '--label',
      `batch-jobs.local.hold=${hostname()}/reports/etl`,
      'image',
      'true',
    ]);
    expect(mock.release).not.toHaveBeenCalled();
    const [[undo]] = mock.atExit.mock.calls;
    undo();
    expect(mock.ask).toHaveBeenLastCalledWith('docker', ['rm', '--force', name]);
  });

  it('not, if it is not there', () => {
    mock.ask.mockReturnValue({ status: 125 });
    expect(holdImage('docker', 'image', OWNER)).toBe(false);
    expect(mock.release).toHaveBeenCalledTimes(1);
  });
});

interface Machine {
  id?: string | null;
  /** Lines of images, before and after the removal. */
  images?: string[];
  left?: string[];
  holds?: string[];
  status?: number;
}

/** Removes the images of a machine. */
function removed(
  { id = 'sha256:current', images = [], left = [], holds = [], status = 0 }: Machine,
  steps: ReadonlySet<string> | undefined = undefined,
) {
  let lists = 0;
  mock.ask.mockImplementation((_engine, [command]) => {
    if (command === 'image') return { status: 0, stdout: id === null ? null : `${id}\n` };
    if (command === 'ps') return { status, stdout: holds.join('\n') };
    if (command === 'images') {
      lists += 1;
      return { status, stdout: `${(lists === 1 ? images : left).join('\n')}\n` };
    }
    return { status: 0, stdout: '' };
  });
  const count = removeOldImages('podman', OWNER, 'batch-jobs-local:etl', steps);
  const calls = mock.ask.mock.calls.map(([engine, words]) => {
    expect(engine).toBe('podman');
    return words as string[];
  });
  return {
    count,
    calls,
    rmi: calls.filter(([command]) => command === 'rmi'),
    rm: calls.filter(([command]) => command === 'rm'),
  };
}

const named = (id: string, repository = 'batch-jobs-local') =>
  `sha256:${id}|${repository}|2026-01-01 12:00:00.123 +0000 UTC`;
const unnamed = (id: string, created = '2026-01-31 11:49:59 +0000 UTC') => `sha256:${id}|<none>|${created}`;

it('it asks for the images and held containers of the job', () => {
  const { calls } = removed({});
  expect(calls).toEqual([
    ['ps', '--all', '--filter', `label=batch-jobs.local.hold=${hostname()}/reports/etl`, '--format', '{{.Names}}'],
    ['image', 'inspect', '--format', '{{.Id}}', 'batch-jobs-local:etl'],
    [
      'images',
      '--all',
      '--no-trunc',
      '--filter',
      'label=batch-jobs.local=reports/etl',
      '--format',
      '{{.ID}}|{{.Repository}}|{{.CreatedAt}}',
    ],
  ]);
});

it('old images with a name are removed, and counted if they are gone', () => {
  const images = [named('current'), named('old'), named('used', 'localhost/batch-jobs-local'), named('old')];
  const { count, rmi } = removed({ images, left: [named('current'), named('used')] });
  expect([count, rmi]).toEqual([1, [['rmi', 'old', 'used']]]);
});

it('none is removed if the current one is unknown', () => {
  const images = [named('old')];
  expect(removed({ id: '', images })).toMatchObject({ count: 0, rmi: [] });
  expect(removed({ id: null, images })).toMatchObject({ count: 0, rmi: [] });
});

it('an engine that cannot list them removes none', () => {
  expect(removed({ images: [named('old')], holds: ['batch-jobs-local-hold-4000001-x'], status: 1 })).toMatchObject({
    count: 0,
    rmi: [],
    rm: [],
  });
});

it('steps of a build are removed after 10 minutes, unless the image was built from them', () => {
  const images = [
    unnamed('olda', '2026-01-31 13:49:59 +0200 EET'),
    unnamed('young', '2026-01-31 11:50:00 +0000 UTC'),
    unnamed('stepaa'),
    unnamed('odd', 'x'),
  ];
  expect(removed({ images }, new Set(['step'])).rmi).toEqual([['rmi', 'olda']]);
});

it('of an image that was not built, no steps are removed', () => {
  expect(removed({ images: [unnamed('old')] }).rmi).toEqual([]);
});

it('images with a name go first, and steps are not counted', () => {
  const { count, rmi } = removed({ images: [unnamed('step'), named('old')] }, new Set());
  expect([count, rmi]).toEqual([
    1,
    [
      ['rmi', 'old'],
      ['rmi', 'step'],
    ],
  ]);
  expect(removed({ images: [unnamed('step')] }, new Set()).count).toBe(0);
});

it('containers that hold images for processes that are gone are removed', () => {
  const kill = jest.spyOn(process, 'kill').mockImplementation((pid) => {
    if (pid === 11) return true;
    throw Object.assign(new Error(), { code: pid === 12 ? 'EPERM' : 'ESRCH' });
  });
  const hold = (pid: number) => `batch-jobs-local-hold-${pid}-x`;
  const holds = [hold(11), hold(12), hold(13), hold(14), 'other-13-x', `x${hold(13)}`, ''];
  expect(removed({ holds }).rm).toEqual([['rm', hold(13), hold(14)]]);
  expect(kill.mock.calls).toEqual([11, 12, 13, 14].map((pid) => [pid, 0]));
  kill.mockRestore();
});
