import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { constants } from 'node:os';
import { PassThrough } from 'node:stream';
import { follow, killGroup, type OutputProcess, signalProcess } from '../../../cli/local/child-container';

afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

/** A child process whose end and output are told. */
function child() {
  const made = Object.assign(new EventEmitter(), { stdout: new PassThrough(), stderr: new PassThrough() });
  const taken: string[] = [];
  const onExit = jest.fn();
  const onOutput = jest.fn(async (stream: string, chunk: Buffer) => void taken.push(`${stream} ${chunk}`));
  const followed = follow(made as unknown as OutputProcess, onOutput, onExit);
  const close = () => [made.stdout, made.stderr].map((stream) => stream.end());
  return { made, taken, onExit, onOutput, close, ...followed };
}

it.each([
  [3, null, 3],
  [0, null, 0],
  [null, 'SIGKILL', 128 + constants.signals.SIGKILL],
  [null, null, 128],
] as const)('it ends with the code %s or signal %s: exit code %d', async (code, signal, exitCode) => {
  const { made, ended, onExit, close } = child();
  made.emit('exit', code, signal);
  close();
  expect(await ended).toEqual({ exitCode });
  expect(onExit).toHaveBeenCalledTimes(1);
});

it('one that cannot be started says why', async () => {
  const { made, ended, close } = child();
  made.emit('error', new Error('spawn ENOENT'));
  close();
  expect(await ended).toEqual({ reason: 'spawn ENOENT' });
});

it('its output is taken, each part after the one before', async () => {
  const { made, ended, exited, taken, onOutput, close } = child();
  let release = () => {};
  onOutput.mockImplementationOnce(async (_, chunk) => {
    await new Promise<void>((resolve) => {
      release = resolve;
    });
    taken.push(`slow ${chunk}`);
  });
  made.stdout.write('a');
  await new Promise(setImmediate);
  made.stdout.write('b');
  made.stderr.write('c');
  made.emit('exit', 0, null);
  close();
  await exited;
  await new Promise(setImmediate);
  expect(taken).toEqual(['stderr c']);
  release();
  await ended;
  expect(taken).toEqual(['stderr c', 'slow a', 'stdout b']);
});

it('it has ended when its output has, and exited before', async () => {
  const { made, ended, exited, close } = child();
  const isEnded = jest.fn();
  void ended.then(isEnded);
  made.emit('exit', 0, null);
  await exited;
  await new Promise(setImmediate);
  expect(isEnded).not.toHaveBeenCalled();
  close();
  expect(await ended).toEqual({ exitCode: 0 });
});

it('a pipe that another process holds open is left a second after the last output', async () => {
  jest.useFakeTimers();
  const { made, ended, taken } = child();
  const isEnded = jest.fn();
  void ended.then(isEnded);
  await jest.advanceTimersByTimeAsync(5000);
  made.emit('exit', 0, null);
  await jest.advanceTimersByTimeAsync(999);
  made.stdout.write('late');
  await jest.advanceTimersByTimeAsync(999);
  expect([taken, made.stdout.destroyed, made.stderr.destroyed]).toEqual([['stdout late'], false, true]);
  await jest.advanceTimersByTimeAsync(1);
  expect(isEnded).toHaveBeenCalledWith({ exitCode: 0 });
});

it('before it exits, it can be silent', async () => {
  jest.useFakeTimers();
  const { made, taken } = child();
  made.stdout.write('a');
  await jest.advanceTimersByTimeAsync(60_000);
  expect([taken, made.stdout.destroyed]).toEqual([['stdout a'], false]);
});

it.each([0, 10])('output that is being taken is waited for, if it came %d ms before the exit', async (before) => {
  jest.useFakeTimers();
  const { made, ended, onOutput, taken } = child();
  onOutput.mockImplementationOnce(async () => {
    await new Promise((resolve) => setTimeout(resolve, 5000));
    taken.push('taken');
  });
  made.stdout.write('a');
  await jest.advanceTimersByTimeAsync(before);
  made.emit('exit', 0, null);
  await jest.advanceTimersByTimeAsync(5999 - before);
  expect([taken, made.stdout.destroyed]).toEqual([['taken'], false]);
  await jest.advanceTimersByTimeAsync(1);
  expect(await ended).toEqual({ exitCode: 0 });
});

it('no timer is left when the output has ended', async () => {
  jest.useFakeTimers();
  const { made, ended, close } = child();
  made.emit('exit', 0, null);
  await jest.advanceTimersByTimeAsync(10);
  close();
  await jest.advanceTimersByTimeAsync(10);
  expect([await ended, jest.getTimerCount()]).toEqual([{ exitCode: 0 }, 0]);
});

it('output that cannot be taken is lost with what follows, and the process ends as it does', async () => {
  const { made, ended, onOutput, close } = child();
  onOutput.mockRejectedValueOnce(new Error('disk'));
  made.stdout.write('a');
  await new Promise(setImmediate);
  made.emit('exit', 0, null);
  close();
  expect(await ended).toEqual({ exitCode: 0 });
});

it('a signal is sent to a process, and a kill to its whole group', () => {
  const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
  signalProcess(12, 'SIGTERM');
  killGroup({ pid: 34 } as ChildProcess);
  signalProcess(undefined, 'SIGTERM');
  killGroup({ pid: undefined } as ChildProcess);
  expect(kill.mock.calls).toEqual([
    [12, 'SIGTERM'],
    [-34, 'SIGKILL'],
  ]);
});

it('a process that is gone gets no signal, and another error is told', () => {
  const error = (code: string) => Object.assign(new Error(code), { code });
  const kill = jest.spyOn(process, 'kill');
  kill.mockImplementationOnce(() => {
    throw error('ESRCH');
  });
  expect(() => signalProcess(12, 'SIGTERM')).not.toThrow();
  kill.mockImplementationOnce(() => {
    throw error('EPERM');
  });
  expect(() => signalProcess(12, 'SIGTERM')).toThrow('EPERM');
});
