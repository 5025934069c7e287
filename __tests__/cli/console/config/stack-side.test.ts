import { mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StackSide } from '../../../../cli/console/config/stack-side';

type Result = { type: string; [name: string]: unknown };

/** A process that loads when it is told to. */
class MockLoader {
  hasEnded = false;
  settle: (result: Result) => void = () => {};
  load = jest.fn(
    (_limit: number) =>
      new Promise<Result>((resolve) => {
        this.settle = resolve;
      }),
  );
  stop = jest.fn(async () => {
    this.hasEnded = true;
    this.settle(REFUSED);
  });
  ask = jest.fn(async (...words: unknown[]) => words);
}

const REFUSED = { type: 'refused', problems: [{ code: 'x' }], report: 'wrong', files: ['refused.ts'] };

const mock = {
  loaders: [] as MockLoader[],
  remembered: undefined as object | undefined,
  remember: jest.fn(),
  changed: () => {},
  watched: [] as unknown[],
  added: [] as unknown[],
  closed: jest.fn(),
  output: () => 'cdktf.out',
};
jest.mock('../../../../cli/console/config/loader-process', () => ({
  LoaderProcess: function LoaderProcess() {
    const loader = new MockLoader();
    mock.loaders.push(loader);
    return loader;
  },
}));
jest.mock('../../../../cli/console/config/remembered-picture', () => ({
  rememberedPicture: () => mock.remembered,
  rememberPicture: (...words: unknown[]) => mock.remember(...words),
}));
jest.mock('../../../../cli/watch/changes', () => ({
  watchChanges: async (...[folder, output, changed]: [string, string, () => void]) => {
    mock.watched.push(folder, output);
    mock.changed = changed;
    return { add: (files: unknown) => mock.added.push(files), close: mock.closed };
  },
}));
jest.mock('../../../../cli/synthesis/cdktf-app', () => ({ projectOutput: () => mock.output() }));

const cwd = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stack-side-')));
const file = join(folder, 'batch-jobs.config.ts');
const loaded = (stackName: string) => ({
  type: 'loaded',
  file: join(folder, 'jobs.ts'),
  config: { stackName },
  picture: { stackName },
  files: [`${stackName}.ts`],
});

let side: StackSide;
const open: StackSide[] = [];

beforeEach(() => {
  process.chdir(folder);
  delete process.env.BATCH_JOBS_CONFIG;
  Object.assign(mock, { loaders: [], remembered: undefined, watched: [], added: [], output: () => 'cdktf.out' });
  mock.remember.mockReset();
  mock.closed.mockReset();
  side = made();
});
afterEach(async () => {
  jest.useRealTimers();
  for (const each of open.splice(0)) await each.close();
  process.chdir(cwd);
});
afterAll(() => rmSync(folder, { recursive: true }));

function made(limits?: ConstructorParameters<typeof StackSide>[0]): StackSide {
  const each = new StackSide(limits);
  open.push(each);
  return each;
}

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
};

/** Ends the loading of a process. */
async function end(index: number, result: Result): Promise<void> {
  mock.loaders[index]?.settle(result);
  await settled();
}

it('before it starts, nothing is known', () => {
  expect(side.state()).toEqual({ problems: [], synthesizedAt: 0, isStale: true });
  expect([side.config(), side.name(), side.configFile()]).toEqual([undefined, undefined, 'batch-jobs.config.ts']);
  expect(mock.loaders).toHaveLength(0);
});

it('the first process can be prepared, once', () => {
  side.prepare();
  side.prepare();
  expect(mock.loaders).toHaveLength(1);
  side.start();
  expect(mock.loaders).toHaveLength(1);
  expect(mock.loaders[0]?.load).toHaveBeenCalledWith(75_000);
});

it('a valid config is shown, kept and watched, and the next process is prepared', async () => {
  const told = jest.fn();
  side.onChange(told);
  side.start();
  await settled();
  told.mockClear();
  const before = Date.now();
  await end(0, loaded('reports'));
  expect(side.state()).toEqual({
    picture: { stackName: 'reports' },
    problems: [],
    synthesizedAt: expect.any(Number),
    isStale: false,
  });
  expect(side.state().synthesizedAt).toBeGreaterThanOrEqual(before);
  expect([side.name(), side.config(), side.configFile()]).toEqual(['reports', loaded('reports'), 'jobs.ts']);
  expect(told).toHaveBeenCalledTimes(1);
  expect(mock.remember).toHaveBeenCalledWith(join(folder, 'jobs.ts'), { stackName: 'reports' }, folder);
  expect(mock.watched).toEqual([folder, join(folder, 'cdktf.out')]);
  expect(mock.added).toEqual([[folder], ['reports.ts']]);
  expect(mock.loaders).toHaveLength(2);
});

it('until then, the picture of the last console is shown', async () => {
  mock.remembered = { stackName: 'old' };
  side.start();
  expect(side.state()).toMatchObject({ picture: { stackName: 'old' }, isStale: true, synthesizedAt: 0 });
  await end(0, REFUSED);
  expect(side.state()).toMatchObject({ picture: { stackName: 'old' }, isStale: false, report: 'wrong' });
});

it('problems are shown with the last picture, and the last config answers', async () => {
  side.start();
  await end(0, loaded('reports'));
  mock.changed();
  expect(side.state().isStale).toBe(true);
  await end(1, REFUSED);
  expect(side.state()).toMatchObject({
    picture: { stackName: 'reports' },
    problems: REFUSED.problems,
    report: 'wrong',
    isStale: false,
  });
  expect(mock.loaders[1]?.stop).toHaveBeenCalled();
  expect(await side.ask('send', {})).toEqual(['send', {}, 10_000]);
  expect(mock.loaders[0]?.ask).toHaveBeenCalled();
});

it('another valid config takes the place of the last', async () => {
  side.start();
  await end(0, loaded('one'));
  mock.changed();
  await end(1, loaded('two'));
  expect(side.name()).toBe('two');
  expect(mock.loaders[0]?.stop).toHaveBeenCalled();
  expect(mock.loaders[1]?.stop).not.toHaveBeenCalled();
});

it('nobody is told who does not listen any more', async () => {
  const told = jest.fn();
  side.onChange(told)();
  side.start();
  await end(0, loaded('reports'));
  expect(told).not.toHaveBeenCalled();
});

describe('a change while it loads', () => {
  it('loads again, and what is given up says nothing', async () => {
    side.start();
    await settled();
    mock.changed();
    mock.changed();
    await end(0, REFUSED);
    expect(side.state()).toEqual({ problems: [], synthesizedAt: 0, isStale: true });
    expect(mock.loaders).toHaveLength(2);
    await end(1, loaded('reports'));
    expect(side.state()).toMatchObject({ picture: { stackName: 'reports' }, isStale: false });
    expect(mock.loaders).toHaveLength(3);
  });

  it('keeps what is valid, as stale', async () => {
    side.start();
    await settled();
    mock.changed();
    await end(0, loaded('one'));
    expect(side.state()).toMatchObject({ picture: { stackName: 'one' }, isStale: true });
  });

  it('is waited for 3 seconds', async () => {
    jest.useFakeTimers();
    side.start();
    await settled();
    mock.changed();
    await jest.advanceTimersByTimeAsync(2_999);
    expect(mock.loaders[0]?.stop).not.toHaveBeenCalled();
    await jest.advanceTimersByTimeAsync(1);
    expect(mock.loaders[0]?.stop).toHaveBeenCalled();
    await end(1, loaded('reports'));
    await jest.advanceTimersByTimeAsync(10_000);
    expect(mock.loaders[2]?.stop).not.toHaveBeenCalled();
  });
});

describe('a question', () => {
  it('waits for the first synthesis', async () => {
    side.start();
    const asked = side.ask('send', {});
    await end(0, loaded('reports'));
    expect(await asked).toEqual(['send', {}, 10_000]);
  });

  it('has no answer without a valid config', async () => {
    side.start();
    const asked = side.ask('send', {});
    await end(0, REFUSED);
    await expect(asked).rejects.toThrow(
      'The config has problems. Correct them first: the page of the stack shows them.',
    );
    await expect(made().ask('send', {})).rejects.toThrow('The config has problems.');
  });

  it('loads the config again if its process has ended', async () => {
    side.start();
    await end(0, loaded('reports'));
    Object.assign(mock.loaders[0] ?? {}, { hasEnded: true });
    const asked = side.ask('send', {});
    await end(1, loaded('reports'));
    expect(await asked).toEqual(['send', {}, 10_000]);
    expect(mock.loaders[1]?.ask).toHaveBeenCalled();
  });
});

it('has other limits for tests', async () => {
  jest.useFakeTimers();
  side = made({ longest: 1, retries: 2, answer: 3 });
  side.start();
  await settled();
  expect(mock.loaders[0]?.load).toHaveBeenCalledWith(1);
  mock.changed();
  await jest.advanceTimersByTimeAsync(2);
  expect(mock.loaders[0]?.stop).toHaveBeenCalled();
  await end(1, loaded('reports'));
  expect(await side.ask('send', {})).toEqual(['send', {}, 3]);
});

it('closed, it ends every process and shows nothing more', async () => {
  side.start();
  await end(0, loaded('reports'));
  mock.changed();
  await settled();
  const state = side.state();
  await side.close();
  await settled();
  expect(mock.loaders.map(({ stop }) => stop.mock.calls.length > 0)).toEqual([true, true]);
  expect(mock.closed).toHaveBeenCalledTimes(1);
  expect(side.state()).toBe(state);
  expect(mock.loaders).toHaveLength(2);
});

describe('the config', () => {
  afterEach(() => {
    for (const name of ['batch-jobs.config.ts', 'batch-jobs.config.yml']) rmSync(join(folder, name), { force: true });
  });

  it('is the one that was given, or that of the folder', () => {
    writeFileSync(join(folder, 'batch-jobs.config.yml'), '');
    expect(side.configFile()).toBe('batch-jobs.config.yml');
    writeFileSync(file, '');
    expect(side.configFile()).toBe('batch-jobs.config.ts');
    process.env.BATCH_JOBS_CONFIG = 'given/jobs.yml';
    expect(side.configFile()).toBe('given/jobs.yml');
  });

  it('that has changed since the start is loaded again, and its folder watched', async () => {
    writeFileSync(file, '');
    utimesSync(file, new Date(), new Date(Date.now() + 60_000));
    side.start();
    await settled();
    await end(0, loaded('one'));
    await end(1, loaded('two'));
    expect(side.name()).toBe('two');
  });

  it('that is older is loaded once', async () => {
    writeFileSync(file, '');
    utimesSync(file, new Date(0), new Date(0));
    side.start();
    await settled();
    await end(0, loaded('one'));
    expect(mock.loaders.map(({ load }) => load.mock.calls.length)).toEqual([1, 0]);
  });
});

it.each([
  [() => 'out', 'out'],
  [
    () => {
      throw new Error('cdktf.json is not JSON');
    },
    'cdktf.out',
  ],
])('what a synthesis writes is not watched (%#)', async (output, expected) => {
  mock.output = output;
  side.start();
  await settled();
  expect(mock.watched).toEqual([folder, join(folder, expected)]);
});
