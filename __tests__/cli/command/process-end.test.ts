import { EventEmitter } from 'node:events';
import { endWith, exitOnSignals, holdingSignals } from '../../../cli/command/process-end';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The handlers that were registered, without the process and its streams themselves, which the test runner needs. */
let signals: EventEmitter;
let outputs: { readonly stdout: EventEmitter; readonly stderr: EventEmitter };

class Exit extends Error {
  constructor(readonly code: unknown) {
    super(`exit ${code}`);
  }
}

beforeEach(() => {
  signals = new EventEmitter();
  outputs = { stdout: new EventEmitter(), stderr: new EventEmitter() };
  jest.spyOn(process, 'on').mockImplementation((name, handle) => {
    signals.on(name, handle as () => void);
    return process;
  });
  for (const name of ['stdout', 'stderr'] as const) {
    jest.spyOn(process[name], 'on').mockImplementation((event, handle) => {
      outputs[name].on(String(event), handle);
      return process[name];
    });
  }
  jest.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Exit(code);
  });
  exitOnSignals();
});

afterEach(() => jest.restoreAllMocks());

it.each<[(typeof SIGNALS)[number], number]>([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])('%s ends the process with %d, as a shell says it', (signal, code) => {
  expect(() => signals.emit(signal)).toThrow(new Exit(code));
});

it.each(['stdout', 'stderr'] as const)('a closed %s ends the process', (name) => {
  expect(() => outputs[name].emit('error')).toThrow(new Exit(1));
});

it('work holds signals, and gets them itself', async () => {
  const got: unknown[] = [];
  const result = await holdingSignals(
    (signal) => got.push(signal),
    async () => {
      for (const signal of SIGNALS) signals.emit(signal, signal);
      outputs.stdout.emit('error');
      return 'done';
    },
  );
  expect(result).toBe('done');
  expect(got).toHaveLength(3);
});

it('work can hear that the output was closed', async () => {
  const closed = jest.fn();
  await holdingSignals(
    () => {},
    async () => outputs.stderr.emit('error'),
    closed,
  );
  expect(closed).toHaveBeenCalledTimes(1);
});

it('after the work, failed or not, signals end the process again', async () => {
  const failing = holdingSignals(
    () => {},
    () => Promise.reject(new Error('no')),
  );
  await expect(failing).rejects.toThrow('no');
  expect(() => signals.emit('SIGTERM')).toThrow(new Exit(143));
  expect(() => outputs.stdout.emit('error')).toThrow(new Exit(1));
});

it('a code ends the process when all of the output is written', () => {
  const written: [string, () => void][] = [];
  const writes = (name: 'stdout' | 'stderr') =>
    jest.spyOn(process[name], 'write').mockImplementation((...args: unknown[]) => {
      expect(args[0]).toBe('');
      written.push([name, args.at(-1) as () => void]);
      return true;
    });
  const spies = [writes('stdout'), writes('stderr')];
  const before = process.exitCode;
  try {
    endWith(7);
    expect(process.exitCode).toBe(7);
    expect(written.map(([name]) => name)).toEqual(['stdout']);
    written[0]?.[1]();
    expect(written.map(([name]) => name)).toEqual(['stdout', 'stderr']);
    expect(() => written[1]?.[1]()).toThrow(new Exit(undefined));
  } finally {
    process.exitCode = before;
    for (const spy of spies) spy.mockRestore();
  }
});
