import { type Profile, partsOf } from '../../../scripts/test-time/profile';

const frame = (id: number, functionName: string, url: string, ...children: number[]) => ({
  id,
  callFrame: { functionName, url },
  children,
});

const PROFILE: Profile = {
  nodes: [
    frame(1, '(root)', '', 2, 3, 4),
    frame(2, '(idle)', ''),
    frame(3, '(garbage collector)', ''),
    frame(4, 'runTest', 'file:///project/node_modules/jest-runner/build/index.js', 5, 9),
    frame(5, 'it', '/project/__tests__/stack.test.ts', 6, 8),
    frame(6, 'BatchJob', '/project/modules/batch-job.ts', 7),
    frame(7, 'resolve', '/project/node_modules/cdktf/lib/resolve.js', 10),
    frame(8, 'spawnSync', 'node:internal/child_process'),
    frame(9, 'close', '/project/__tests__/environment/temporary-folder.ts', 11),
    frame(10, 'parse', 'node:path'),
    frame(11, 'rmdir', ''),
  ],
  samples: [2, 3, 4, 5, 6, 7, 10, 8, 11, 1],
  timeDeltas: [4e6, 3e6, 1e6, 1e6, 2e6, 5e6, 1e6, 2e6, 1e6, 5e5],
};

it('the time of Node.js is that of the part which calls it, and the longest part is first', () => {
  expect([...partsOf(PROFILE)]).toEqual([
    ['CDKTF and its providers', 6],
    ['waiting', 4],
    ['garbage collector', 3],
    ['the project', 2],
    ['child processes', 2],
    ['Jest', 1],
    ['tests', 1],
    ['temporary folders', 1],
    ['Node.js', 0.5],
  ]);
});

it('clocks that go backwards take no time away', () => {
  expect([...partsOf({ ...PROFILE, samples: [6, 6], timeDeltas: [1e6, -1e6] })]).toEqual([['the project', 1]]);
});
