import { BuildOutput } from '../../../cli/local/build-output';
import type { BuildStep } from '../../../cli/run-report/progress-event';

/** What is read of an output that comes in pieces of some bytes. */
function read(text: string, size = 7) {
  const steps: BuildStep[] = [];
  const output = new BuildOutput((step) => steps.push(step));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) output.write(bytes.subarray(at, at + size));
  output.end();
  return { output, steps: steps.map(({ place, instruction }) => `${place}: ${instruction}`), failed: output.failed };
}

const ID = '2ab6d630e9049308fd95087be0b42d0bbecbe123050defff82ba2626d3d1f77f';
const CONTAINER = 'c42f82739ea952ab052a7b5df16ac018e520d6f8444c38f2ec7fafa50c7971d0';

const PODMAN = `time="2026-11-26T03:47:55Z" level=info msg="podman filtering at log level debug"
[1/2] STEP 1/2: FROM base:1 AS packages
time="2026-11-26T03:47:55Z" level=debug msg="Container ID: ${CONTAINER}"
[1/2] STEP 2/2: RUN npm ci
--> Using cache ${ID}
--> 2ab6d630e90
[2/2] STEP 1/3: FROM base:1
[2/2] STEP 2/3: COPY a.txt ./
--> 1817adde058
[2/2] STEP 3/3: RUN make ü
time="2026-01-01T00:00:00Z" level=info msg="the tool's own"
cc: warning
cc: error
subprocess exited with status 2
subprocess exited with status 2
Error: building at STEP "RUN make ü": while running runtime: exit status 2
`;

test('Podman: steps of stages, images, containers, and the lines of the step that failed', () => {
  const { output, steps, failed } = read(PODMAN);
  expect(steps).toEqual([
    '1/2 of stage 1/2: FROM base:1 AS packages',
    '2/2 of stage 1/2: RUN npm ci',
    '1/3 of stage 2/2: FROM base:1',
    '2/3 of stage 2/2: COPY a.txt ./',
    '3/3 of stage 2/2: RUN make ü',
  ]);
  expect([...output.images]).toEqual([ID, '2ab6d630e90', '1817adde058']);
  expect(output.made).toEqual(['1817adde058']);
  expect(output.containers).toEqual([CONTAINER]);
  expect(failed).toEqual({
    step: { place: '3/3 of stage 2/2', instruction: 'RUN make ü' },
    exitCode: 2,
    lines: ['time="2026-01-01T00:00:00Z" level=info msg="the tool\'s own"', 'cc: warning', 'cc: error'],
    words: 'building at STEP "RUN make ü": while running runtime: exit status 2',
  });
});

test('the image of a build that succeeds is among its images, and what a command writes is none', () => {
  const { output } = read(
    `STEP 1/2: FROM base:1\nSTEP 2/2: CMD ["x"]\nCOMMIT x:1\n--> 998b807abb8\nSuccessfully tagged localhost/x:1\n${ID}\n`,
  );
  expect([...output.images]).toEqual(['998b807abb8', ID]);
});

test("Docker's BuildKit (its plain output, as its documentation and its users show it): steps side by side, each with its own lines", () => {
  const { steps, failed } = read(`#0 building with "default" instance using docker driver

#1 [internal] load build definition from Dockerfile
#1 transferring dockerfile: 132B done
#1 DONE 0.0s

#4 [packages 1/2] FROM docker.io/library/node:24
#4 CACHED

#5 [packages 2/2] RUN npm ci
#5 0.345 npm warn old
#6 [stage-1 2/4] RUN make
#6 0.100 making
#5 1.900 npm error code E404
#6 ...

#5 [packages 2/2] RUN npm ci
#5 2.000 npm error 404 Not Found
#5 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1

#6 CANCELED
------
 > [packages 2/2] RUN npm ci:
0.345 npm warn old
2.000 npm error 404 Not Found
------
Dockerfile:4
--------------------
   3 |     FROM node:24 AS packages
   4 | >>> RUN npm ci
--------------------
ERROR: failed to build: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
`);
  expect(steps).toEqual([
    '1/2 of packages: FROM docker.io/library/node:24',
    '2/2 of packages: RUN npm ci',
    '2/4 of stage-1: RUN make',
  ]);
  expect(failed).toEqual({
    step: { place: '2/2 of packages', instruction: 'RUN npm ci' },
    exitCode: 1,
    lines: ['npm warn old', 'npm error code E404', 'npm error 404 Not Found'],
    words: 'failed to build: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
  });
});

test("a base image that BuildKit cannot have is no step's", () => {
  const words =
    'failed to solve: docker:20.10: pulling from host registry-1.docker.io failed with status code [manifests 20.10]: 429 Too Many Requests';
  const { failed } = read(
    `#3 [internal] load metadata for docker.io/library/docker:20.10\n#3 ERROR: pulling from host: 429\n------\n > [internal] load metadata for docker.io/library/docker:20.10:\n------\nERROR: ${words}\n`,
  );
  expect(failed).toEqual({ lines: [], words });
});

test("Docker's builder before BuildKit", () => {
  const { steps, failed } = read(`Sending build context to Docker daemon  3.072kB
Step 1/2 : FROM base:1
 ---> 9a0e7550e590
Step 2/2 : RUN false
 ---> Running in 7c2b2c8d5a3e
nothing works
The command '/bin/sh -c false' returned a non-zero code: 1
`);
  expect(steps).toEqual(['1/2: FROM base:1', '2/2: RUN false']);
  expect(failed).toMatchObject({ exitCode: 1, lines: ['nothing works'], step: { instruction: 'RUN false' } });
});

test('of a long output the last lines are kept, and of a long line its beginning', () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index} ${'x'.repeat(index === 999 ? 5_000 : 1)}`);
  const { failed } = read(`STEP 1/1: RUN loud\n${lines.join('\n')}\n`, 4_096);
  expect(failed.lines).toHaveLength(20);
  expect(failed.lines[0]).toBe('line 980 x');
  expect(failed.lines[19]).toHaveLength(1_000);
});

test('a progress bar is lines of its own', () =>
  expect(read('STEP 1/1: RUN x\n10 %\r20 %\r\n30 %').failed.lines).toEqual(['10 %', '20 %', '30 %']));
