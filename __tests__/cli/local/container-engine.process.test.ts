import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineContainers } from '../../../cli/local/container-engine';
import { containerEngine } from '../../../cli/local/engine-client';
import { LocalBatch } from '../../../cli/local/local-batch';
import type { Json } from '../../../cli/local/state-machine/json-value';
import { EngineStandIn } from './engine-stand-in';
import { NO_FAULTS, recorded, SPOT_QUEUE } from './scenarios';

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
  readonly command?: readonly string[];
}

/** One job whose container is a shell's script. */
async function submit(script: string, options: Options = {}) {
  const { report, progressEvents } = recorded();
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
  const source = engineContainers('docker', container, { report });
  const batch = new LocalBatch({
    container,
    retry: undefined,
    source,
    faults: NO_FAULTS,
    report,
  });
  const parameters = {
    JobDefinition: 'd',
    JobQueue: SPOT_QUEUE,
    JobName: 'n',
    ContainerOverrides: { Environment: [] },
  };
  const outcome = await batch.submit({ parameters: parameters as Json });
  const output = progressEvents.flatMap((progressEvent) =>
    progressEvent.type === 'output' ? [progressEvent.text] : [],
  );
  const detail = 'cause' in outcome ? JSON.parse(outcome.cause) : outcome.output;
  return { detail, output, progressEvents };
}

describe("Docker's client, by a stand-in: there is no Docker where the tests run", () => {
  test('Docker is the engine if it answers, else what its client says of it is kept', () => {
    process.env.PATH = new EngineStandIn(join(engine.folder, 'only')).folder;
    expect(containerEngine()).toEqual({ engine: 'docker' });
    process.env.TEST_ENGINE_FAILS = 'info';
    expect(containerEngine()).toEqual({
      engine: undefined,
      silent: [{ engine: 'docker', said: expect.stringContaining('no such thing') }],
    });
    expect(containerEngine('podman')).toEqual({ engine: undefined, silent: [] });
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

  test('a container whose end the engine does not tell has not succeeded', async () => {
    process.env.TEST_ENGINE_FAILS = 'inspect';
    const { detail } = await submit('true');
    expect(detail).toMatchObject({
      Status: 'FAILED',
      Container: { Reason: 'docker does not say how the container ended' },
    });
  });

  test('a container that cannot be made is a fault of the engine in its own words', async () => {
    process.env.TEST_ENGINE_FAILS = 'create';
    await expect(submit('true')).rejects.toMatchObject({
      kind: 'unknown',
      message: 'docker cannot run containers here: no such thing. Run docker info for details.',
    });
    expect(engine.commands.at(-1)).toBe('rm');
  });

  test('a program that is not in the image is a reason, which Docker keeps in the state of the container', async () => {
    const { detail } = await submit('true', { command: ['/no/such/program'] });
    const Reason = expect.stringMatching(/^docker could not start the container: .*exec: "\/no\/such\/program"/);
    expect(detail).toMatchObject({ StatusReason: 'Task failed to start', Container: { Reason } });
    expect(detail.Container).not.toHaveProperty('ExitCode');
    expect(engine.commands.at(-1)).toBe('rm');
  });

  test('a container that had no memory left says so', async () => {
    const { detail, progressEvents } = await submit('kill -9 $$');
    const Reason = 'OutOfMemoryError: Container killed due to memory usage';
    expect(detail).toMatchObject({ Container: { ExitCode: 137, Reason } });
    expect(progressEvents).toContainEqual(
      expect.objectContaining({ type: 'exit', reason: `Essential container in task exited: ${Reason}` }),
    );
  });
});
