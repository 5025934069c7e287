import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { buildImage, containerEngine, engineContainers } from '../../../cli/local/container-engine';
import { LocalBatch } from '../../../cli/local/local-batch';
import type { Json } from '../../../cli/local/state-machine/json-value';
import { imageOf, NO_FAULTS, recorded, SPOT_QUEUE } from './scenarios';

/** Stands for an engine's client, of which no engine is at hand where the tests run: it knows the commands that are used, and runs processes. */
const CLIENT = `#!/bin/sh
echo "$@" >> "$LOCAL_TEST/calls"
command=$1; shift
case $command in
  info) exit "\${LOCAL_TEST_ENGINE_STATUS:-0}" ;;
  build) for last; do :; done; cp "$last/Dockerfile" "$LOCAL_TEST/built"; exit "\${LOCAL_TEST_BUILD_STATUS:-0}" ;;
  kill) kill -s "\${2#SIG}" "$(cat "$LOCAL_TEST/$3")" ;;
  rm) rm -f "$LOCAL_TEST/$2" ;;
  run)
    while [ "$1" != busybox ]; do
      if [ "$1" = --name ]; then echo $$ > "$LOCAL_TEST/$2"; fi
      shift
    done
    shift; exec "$@" ;;
esac
`;

let folder: string;
const { PATH } = process.env;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engine-'));
  process.env.LOCAL_TEST = folder;
  process.env.PATH = `${folder}${delimiter}${PATH}`;
  writeFileSync(join(folder, 'docker'), CLIENT);
  chmodSync(join(folder, 'docker'), 0o755);
});

afterEach(() => {
  process.env.PATH = PATH;
  for (const name of ['LOCAL_TEST', 'LOCAL_TEST_ENGINE_STATUS', 'LOCAL_TEST_BUILD_STATUS']) delete process.env[name];
  rmSync(folder, { recursive: true, force: true });
});

const calls = () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n');

/** One job whose container is a shell's script. */
async function submit(
  script: string,
  options: {
    readonly interruptAfter?: number;
    readonly environment?: Record<string, string>;
    readonly platform?: NodeJS.Platform;
  } = {},
) {
  const { report, happenings } = recorded();
  const container = {
    image: 'busybox',
    command: ['sh', '-c', script],
    environment: { A: 'x y' },
    secrets: {},
    architecture: 'arm64' as const,
    memory: 512,
    init: true,
  };
  const { interruptAfter, environment, platform = 'linux' } = options;
  const source = engineContainers('docker', container, platform);
  const faults = { ...NO_FAULTS, interruptAfter };
  const batch = new LocalBatch({ container, retry: undefined, source, environment, faults, report });
  const parameters = {
    JobDefinition: 'd',
    JobQueue: SPOT_QUEUE,
    JobName: 'n',
    ContainerOverrides: { Environment: [] },
  };
  return { outcome: await batch.submit({ parameters: parameters as Json }), happenings };
}

test('an engine is one that answers', () => {
  expect(containerEngine()).toBe('docker');
  process.env.LOCAL_TEST_ENGINE_STATUS = '1';
  expect(containerEngine()).not.toBe('docker');
});

test('a container gets image, command, memory, init and variables, whose values are no arguments', async () => {
  const { outcome, happenings } = await submit('echo "$A"; exit 3');
  expect(outcome).toMatchObject({ cause: expect.stringContaining('"ExitCode":3') });
  expect(happenings).toContainEqual(expect.objectContaining({ stream: 'stdout', text: 'x y' }));
  const [run = '', remove = ''] = calls();
  expect(run).toMatch(
    /^run --rm --name batch-jobs-local-[\da-f-]+ --memory 512m --init --platform linux\/arm64 --env A --env AWS_BATCH_JOB_ID /,
  );
  expect(run).toMatch(/ busybox sh -c echo "\$A"; exit 3$/);
  expect(run).not.toContain('x y');
  expect(remove).toMatch(/^rm --force batch-jobs-local-/);
});

test('only a container whose event lies behind the loopback is on the network of this machine', async () => {
  const script = 'echo "$AWS_ENDPOINT_URL_S3"';
  const seen = async (url: string, platform: NodeJS.Platform) => {
    rmSync(join(folder, 'calls'), { force: true });
    const { happenings } = await submit(script, { environment: { AWS_ENDPOINT_URL_S3: url }, platform });
    const [output] = happenings.flatMap((happening) => (happening.type === 'output' ? [happening.text] : []));
    return [output, calls()[0]?.includes(' --network host ')];
  };
  expect(await seen('http://127.0.0.1:1', 'linux')).toEqual(['http://127.0.0.1:1', true]);
  expect(await seen('http://127.0.0.1:1', 'darwin')).toEqual(['http://host.docker.internal:1', false]);
  expect(await seen('http://s3.example:1', 'linux')).toEqual(['http://s3.example:1', false]);
});

test('variables of the job that the client would take for its own reach only the job', async () => {
  const { happenings } = await submit('echo "$DOCKER_HOST"', {
    environment: { DOCKER_HOST: 'tcp://x', PATH: '/bin:/usr/bin' },
  });
  expect(calls()[0]).toContain(' --env DOCKER_HOST=tcp://x --env PATH=/bin:/usr/bin busybox ');
  // The stand-in's container has the client's environment.
  expect(happenings).toContainEqual(expect.objectContaining({ type: 'output', text: '' }));
});

test('a Spot notice is a SIGTERM to the container', async () => {
  const { outcome } = await submit("trap 'exit 143' TERM; sleep 60 & wait", { interruptAfter: 0.5 });
  expect(outcome).toMatchObject({ cause: expect.stringContaining('"ExitCode":143') });
  expect(calls()[1]).toMatch(/^kill --signal SIGTERM batch-jobs-local-/);
});

test('a container that the engine cannot start is no exit code of the job', async () => {
  const { outcome } = await submit('echo no such image >&2; exit 125');
  expect(outcome).toMatchObject({ cause: expect.stringContaining('"StatusReason":"Task failed to start"') });
  expect(outcome).toMatchObject({ cause: expect.not.stringContaining('ExitCode') });
});

test('an image is built of its context, by its digest', () => {
  expect(buildImage('docker', imageOf(''))).toMatch(/^batch-jobs-local:[\da-f]{12}$/);
  expect(readFileSync(join(folder, 'built'), 'utf8')).toContain('CMD ["node","/app/index.cjs"]');
  const [, path = ''] = /--file (\S+)\/Dockerfile/.exec(calls()[0] ?? '') ?? [];
  expect(existsSync(path)).toBe(false);
});

test('one that cannot be built is one line', () => {
  process.env.LOCAL_TEST_BUILD_STATUS = '1';
  expect(() => buildImage('docker', imageOf(''))).toThrow('docker could not build the image; its output says why');
  const pack = { tool: 'pack', builder: 'b', buildpacks: [], variables: [] } as const;
  expect(() => buildImage('docker', { ...imageOf(''), method: pack })).toThrow(
    'an image of an external-buildpack cannot be run locally',
  );
});
