import { isAlive, processIdentity } from '../../../../cli/local/recording/process-identity';

it('a process is told from others', () => {
  expect(isAlive(processIdentity())).toBe(true);
  expect(isAlive({ pid: process.pid })).toBe(true);
  expect(isAlive({ pid: process.pid, started: 'before' })).toBe(false);
  for (const pid of [0, -1, 2 ** 31 - 1, Number.NaN, 1.5]) expect(isAlive({ pid })).toBe(false);
});
