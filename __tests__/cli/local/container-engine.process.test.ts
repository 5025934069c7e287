import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Faults } from '../../../cli/local/arguments';
import { engineContainers } from '../../../cli/local/container-engine';
import { containerEngine, type Engine } from '../../../cli/local/engine-client';
import { buildImage } from '../../../cli/local/image-build';
import { LocalBatch } from '../../../cli/local/local-batch';
import type { Json } from '../../../cli/local/state-machine/json-value';
import { EngineStandIn } from './engine-stand-in';
import { imageOf, NO_FAULTS, recorded, SPOT_QUEUE } from './scenarios';

let engine: EngineStandIn;
const before = { ...process.env };

beforeEach(() => {
  engine = new EngineStandIn(mkdtempSync(join(tmpdir(), 'engine-')));
  Object.assign(process.env, engine.variables);
});

afterEach(() => {
  process.env = { ...before };
  rmSync(engine.folder, { recursive: true, force: true });
});

interface Options {
  readonly faults?: Partial<Faults>;
  readonly environment?: Record<string, string>;
  readonly platform?: NodeJS.Platform;
  readonly name?: Engine;
  readonly command?: readonly string[];
  /** Whether the engine does not know why the container was killed. */
  readonly killedOutside?: boolean;
}

/** One job whose container is a shell's script. */
async function submit(script: string, options: Options = {}) {
  const { report, happenings } = recorded();
  process.env.TEST_ENGINE_OOM = options.killedOutside ? '' : '1';
  const { faults, environment, platform = 'linux', name = 'docker' } = options;
  const container = {
    image: 'busybox',
    command: options.command ?? ['/bin/sh', '-c', script],
    environment: { A: 'x y', PATH: before.PATH ?? '' },
    secrets: {},
    architecture: 'arm64' as const,
    memory: 512,
    init: true,
    ulimits: ['nofile=65536:65536'],
  };
  const source = engineContainers(name, container, { report, platform });
  const batch = new LocalBatch({
    container,
    retry: undefined,
    source,
    environment,
    faults: { ...NO_FAULTS, ...faults },
    report,
  });
  const parameters = {
    JobDefinition: 'd',
    JobQueue: SPOT_QUEUE,
    JobName: 'n',
    ContainerOverrides: { Environment: [] },
  };
  const outcome = await batch.submit({ parameters: parameters as Json });
  const output = happenings.flatMap((happening) => (happening.type === 'output' ? [happening.text] : []));
  const detail = 'cause' in outcome ? JSON.parse(outcome.cause) : outcome.output;
  return { detail, output, happenings };
}

test.each(['docker', 'podman'] as const)('%s is the engine if it answers', (name) => {
  process.env.PATH = new EngineStandIn(join(engine.folder, 'only'), name).folder;
  expect(containerEngine()).toBe(name);
  process.env.TEST_ENGINE_FAILS = 'info';
  expect(containerEngine()).toBeUndefined();
});

test('a container gets image, command, memory, architecture, init and variables, whose values are no arguments', async () => {
  const { detail, output } = await submit('echo "$A"; exit 3');
  expect(detail).toMatchObject({ Container: { ExitCode: 3 }, StatusReason: 'Essential container in task exited' });
  expect(output).toEqual(['x y']);
  expect(engine.commands).toEqual(['create', 'start', 'inspect', 'rm']);
  const [create = ''] = engine.calls;
  expect(create).toMatch(
    /^create --name batch-jobs-local-[\da-f-]+ --stop-timeout 0 --memory 512m --init --platform linux\/arm64 --ulimit nofile=65536:65536 --env-file \S+ busybox /,
  );
  expect(create).toMatch(/ \S+ busybox \/bin\/sh -c echo "\$A"; exit 3$/);
  expect(create).not.toContain('x y');
  expect(readdirSync(engine.folder).sort()).toEqual(['calls', 'docker']);
});

test('variables that the client would take for its own reach only the job, and are no arguments either', async () => {
  const environment = { DOCKER_HOST: 'tcp://secret', HTTPS_PROXY: 'http://u:secret@p' };
  const { output } = await submit('echo "$DOCKER_HOST $HTTPS_PROXY"', { environment });
  expect(output).toEqual(['tcp://secret http://u:secret@p']);
  expect(engine.calls.join('\n')).not.toContain('secret');
  const [, file = ''] = /--env-file (\S+)/.exec(engine.calls[0] ?? '') ?? [];
  expect(existsSync(file)).toBe(false);
});

test('a variable with a line break goes by way of the client, and is refused if the client would take it for its own', async () => {
  const { output } = await submit('echo "$POEM"', { environment: { POEM: 'a\nb' } });
  expect(output).toEqual(['a', 'b']);
  expect(engine.calls[0]).toContain(' --env POEM ');
  await expect(submit('true', { environment: { STORAGE_OPTS: 'a\nb' } })).rejects.toThrow(
    /^the variable STORAGE_OPTS also means something to the container engine, .* --plain$/,
  );
});

test('a container whose end the engine does not tell has not succeeded', async () => {
  process.env.TEST_ENGINE_FAILS = 'inspect';
  const { detail } = await submit('true');
  expect(detail).toMatchObject({
    Status: 'FAILED',
    Container: { Reason: 'docker does not say how the container ended' },
  });
});

test('an end by SIGKILL that nobody here asked for has a hint', async () => {
  const { happenings } = await submit('kill -9 $$', { killedOutside: true });
  expect(happenings).toContainEqual(
    expect.objectContaining({ type: 'exit', exitCode: 137, hint: expect.stringContaining('memory ran out') }),
  );
});

test('podman is asked in the same words', async () => {
  process.env.PATH = `${new EngineStandIn(join(engine.folder, 'other'), 'podman').folder}:${before.PATH}`;
  process.env.TEST_ENGINE = engine.folder;
  expect(await submit('echo here', { name: 'podman' })).toMatchObject({ output: ['here'] });
});

describe('an address of AWS on this machine', () => {
  const seen = async (variable: string, url: string, platform: NodeJS.Platform, name: Engine = 'docker') => {
    if (name === 'podman') new EngineStandIn(engine.folder, name);
    engine.forgetCalls();
    const { output } = await submit(`echo "$${variable}"`, { environment: { [variable]: url }, platform, name });
    return [output[0], engine.calls[0]?.includes(' --network host ')];
  };

  test.each<[string, string, NodeJS.Platform, Engine, string, boolean]>([
    ['AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1', 'linux', 'docker', 'http://127.0.0.1:1', true],
    ['AWS_ENDPOINT_URL', 'http://localhost:4566', 'linux', 'docker', 'http://localhost:4566', true],
    ['AWS_ENDPOINT_URL_S3', 'http://127.0.0.1:1', 'darwin', 'docker', 'http://host.docker.internal:1', false],
    ['AWS_ENDPOINT_URL', 'http://localhost:1/x', 'darwin', 'podman', 'http://host.containers.internal:1/x', false],
    ['AWS_ENDPOINT_URL_S3', 'http://s3.example:1', 'linux', 'docker', 'http://s3.example:1', false],
    ['OTHER', 'http://127.0.0.1:1', 'linux', 'docker', 'http://127.0.0.1:1', false],
  ])('%s=%s on %s, by %s', async (variable, url, platform, name, reached, shared) =>
    expect(await seen(variable, url, platform, name)).toEqual([reached, shared]),
  );
});

test('a Spot notice is a SIGTERM to the container', async () => {
  const { detail } = await submit("trap 'exit 143' TERM; sleep 60 & wait", { faults: { interruptAfter: 0.5 } });
  expect(detail).toMatchObject({ Container: { ExitCode: 143 } });
  expect(engine.calls[2]).toMatch(/^kill --signal SIGTERM batch-jobs-local-/);
});

test('time counts from the start of the container, not while its image comes', async () => {
  process.env.TEST_ENGINE_PULL_SECONDS = '1.5';
  const { detail, happenings } = await submit('exec sleep 60', { faults: { timeoutAfter: 1, grace: 0.2 } });
  expect(detail).toMatchObject({ StatusReason: 'Job attempt duration exceeded timeout', Container: { ExitCode: 143 } });
  const timeOf = (type: string) =>
    Date.parse((happenings.find((each) => each.type === type) as unknown as { time: string }).time);
  // The image's 1.5 s and the job's 1 s, a little less for clocks.
  expect(timeOf('signal') - timeOf('container')).toBeGreaterThan(2_400);
});

test.each<[string, Options, object]>([
  ['create', {}, { Reason: 'docker could not create the container: no such thing' }],
  ['nothing', { command: ['/no/such/program'] }, { Reason: expect.stringContaining('ENOENT') }],
])('a container that never starts (%s fails) has no exit code', async (command, options, container) => {
  process.env.TEST_ENGINE_FAILS = command;
  const { detail } = await submit('true', options);
  expect(detail).toMatchObject({ StatusReason: 'Task failed to start', Container: container });
  expect(detail.Container).not.toHaveProperty('ExitCode');
  expect(engine.commands.at(-1)).toBe('rm');
});

test("125 is a job's own exit code like any other", async () =>
  expect((await submit('exit 125')).detail).toMatchObject({
    Container: { ExitCode: 125 },
    StatusReason: 'Essential container in task exited',
  }));

test('a container that had no memory left says so', async () => {
  const { detail, happenings } = await submit('kill -9 $$');
  const Reason = 'OutOfMemoryError: Container killed due to memory usage';
  expect(detail).toMatchObject({ Container: { ExitCode: 137, Reason } });
  expect(happenings).toContainEqual(
    expect.objectContaining({ type: 'exit', reason: `Essential container in task exited: ${Reason}` }),
  );
});

test('an image is built of its context, by its digest', async () => {
  const image = await buildImage('docker', imageOf(''));
  expect(image).toMatch(/^batch-jobs-local:[\da-f]{12}$/);
  expect(readFileSync(join(engine.folder, image, 'Dockerfile'), 'utf8')).toContain('CMD ["node","/app/index.cjs"]');
  const [, path = ''] = /--file (\S+)\/Dockerfile/.exec(engine.calls[0] ?? '') ?? [];
  expect(existsSync(path)).toBe(false);
});

test('one that cannot be built is one line', async () => {
  process.env.TEST_ENGINE_FAILS = 'build';
  await expect(buildImage('docker', imageOf(''))).rejects.toThrow(
    'docker could not build the image; its output says why',
  );
});
