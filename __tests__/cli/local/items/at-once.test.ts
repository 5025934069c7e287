import { jobsAtOnce } from '../../../../cli/local/items/at-once';

it.each([
  ['one for each CPU', 512, { cpus: 8, memory: 16_384 }, 8],
  ['fewer, where the memory of all would be too much', 4_096, { cpus: 8, memory: 16_384 }, 3],
  ['at least one', 65_536, { cpus: 8, memory: 16_384 }, 1],
])('%s', (_, memory, machine, expected) => {
  expect(jobsAtOnce(memory, machine)).toBe(expected);
});
