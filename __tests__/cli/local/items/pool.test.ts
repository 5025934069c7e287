import { setImmediate } from 'node:timers/promises';
import { inPool } from '../../../../cli/local/items/pool';

it('calls for each number once, and never for more at the same time', async () => {
  const called: number[] = [];
  let [running, most] = [0, 0];
  await inPool(100, 7, async (number) => {
    called.push(number);
    most = Math.max(most, ++running);
    await setImmediate();
    running--;
  });
  expect(called).toEqual(Array.from({ length: 100 }, (_, number) => number));
  expect(most).toBe(7);
});

it('begins no further call after an error, and fails with it', async () => {
  let calls = 0;
  const run = inPool(100, 3, async (number) => {
    calls++;
    await setImmediate();
    if (number === 4) throw new Error('no disk');
  });
  await expect(run).rejects.toThrow('no disk');
  expect(calls).toBeLessThan(10);
});

it('takes no numbers', async () => {
  await inPool(0, 3, () => Promise.reject(new Error('called')));
});
