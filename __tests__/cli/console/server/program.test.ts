import { constants } from 'node:os';
import type { ConsoleOptions } from '../../../../cli/console/server/options';
import { serveConsole } from '../../../../cli/console/server/program';

type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

const mock = {
  start: jest.fn(),
  close: jest.fn(),
  open: jest.fn(),
  prepare: jest.fn(),
  handle: undefined as ((signal: Signal) => void) | undefined,
};
jest.mock('../../../../cli/console/server/start', () => ({
  startConsole: (...words: unknown[]) => mock.start(...words),
}));
jest.mock('../../../../cli/console/server/browser', () => ({ openBrowser: (address: string) => mock.open(address) }));
jest.mock('../../../../cli/console/config/stack-side', () => ({
  StackSide: class {
    prepare = mock.prepare;
  },
}));
jest.mock('../../../../cli/command/process-end', () => ({
  holdingSignals: (handle: (signal: Signal) => void, work: () => unknown) => {
    mock.handle = handle;
    return work();
  },
}));

const ADDRESS = 'http://127.0.0.1:4680/?token=t';
let log: jest.SpyInstance;
let exit: jest.SpyInstance;

/** Sends a signal to what serves, if it does. */
function signal(name: Signal): void {
  mock.handle?.(name);
}

beforeEach(() => {
  for (const each of [mock.start, mock.close, mock.open, mock.prepare]) each.mockReset();
  mock.start.mockResolvedValue({ server: { address: ADDRESS }, close: mock.close });
  log = jest.spyOn(console, 'log').mockImplementation();
  exit = jest.spyOn(process, 'exit').mockImplementation((() => {}) as never);
  delete process.env.AWS_PROFILE;
});
afterEach(() => jest.restoreAllMocks());

/** Serves until a signal comes. */
async function served(given: Partial<ConsoleOptions> = {}): Promise<number> {
  mock.handle = undefined;
  const serving = serveConsole({ open: false, aws: false, readOnly: false, json: false, ...given } as ConsoleOptions);
  serving.catch(() => {});
  await new Promise(setImmediate);
  signal('SIGINT');
  return serving;
}

it('it says where it is, and ends with a signal', async () => {
  expect(await served()).toBe(0);
  expect(log.mock.calls).toEqual([[`Console: ${ADDRESS}`]]);
  expect(mock.prepare).toHaveBeenCalledTimes(1);
  expect(mock.start).toHaveBeenCalledWith(expect.anything(), { port: undefined, stack: expect.anything() });
  expect([mock.open.mock.calls, mock.close.mock.calls]).toEqual([[], [[]]]);
});

it('it serves until a signal comes', async () => {
  const serving = serveConsole({ open: false, aws: false, readOnly: false, json: false });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect([log.mock.calls.length, mock.close.mock.calls.length]).toEqual([1, 0]);
  signal('SIGHUP');
  expect(await serving).toBe(0);
  expect(mock.close).toHaveBeenCalledTimes(1);
});

it('for programs the address is in JSON', async () => {
  await served({ json: true } as Partial<ConsoleOptions>);
  expect(JSON.parse(log.mock.calls.join())).toEqual({ address: ADDRESS });
});

it('a browser is opened if that is wanted', async () => {
  await served({ open: true });
  expect(mock.open.mock.calls).toEqual([[ADDRESS]]);
});

it.each(['1', '4680', '65535'])('it takes the port %s', async (port) => {
  await served({ port });
  expect(mock.start).toHaveBeenCalledWith(expect.anything(), expect.objectContaining({ port: Number(port) }));
});

it.each(['0', '65536', '-1', '1.5', 'http', '', '123456', ' 1', '1x'])('%j is no port', async (port) => {
  await expect(served({ port })).rejects.toThrow(`--port takes a number from 1 to 65535, got "${port}".`);
  expect(mock.start).not.toHaveBeenCalled();
});

it('a region is only for AWS', async () => {
  await expect(served({ region: 'eu-west-1' })).rejects.toThrow(
    '--region selects where deployed runs are shown. Add --aws, or leave out --region.',
  );
  expect(await served({ region: 'eu-west-1', aws: true })).toBe(0);
});

it('a profile is for everything that asks AWS', async () => {
  await served();
  expect(process.env.AWS_PROFILE).toBeUndefined();
  await served({ profile: 'dev' });
  expect(process.env.AWS_PROFILE).toBe('dev');
});

it('a second signal waits for nothing', async () => {
  let release = () => {};
  mock.close.mockReturnValue(
    new Promise<void>((resolve) => {
      release = resolve;
    }),
  );
  const serving = served();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(exit).not.toHaveBeenCalled();
  signal('SIGTERM');
  expect(exit).toHaveBeenCalledWith(128 + constants.signals.SIGTERM);
  release();
  await serving;
});
