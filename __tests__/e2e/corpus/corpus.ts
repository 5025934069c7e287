import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildImage } from '../../../cli/local/image-build';
import { type BuildContext, contextDigest } from '../../../modules/container/build-context';
import { buildContexts } from '../../../modules/container/build-plan';
import { bytes } from '../../../modules/container/tar';
import { loadConfig } from '../../../modules/load';
import { ConfigError } from '../../../modules/problems/config-error';
import { ObjectStore } from '../../container/resolver/object-store';
import { describeWith } from '../engines/availability';
import { BaseImages, baseImagesAvailable } from '../engines/base-images';
import { runCommand } from '../engines/command';
import { podmanCommandAvailable } from '../engines/podman';
import { type PodmanStorage, podmanStorage } from '../engines/podman-storage';
import { until } from '../engines/until';
import { copyOf, type Project, projects, unreachable } from './project';

/** MiB that each container gets. */
const MEMORY = 256;
const SMALL = JSON.stringify({ detail: { text: 'é "quoted"' } });
/** More than Linux hands to a program in one variable. */
const LARGE = JSON.stringify({ detail: { text: 'é'.repeat(150_000) } });

/** The context of a config's one job, as synthesis makes it. */
async function contextOf(config: string): Promise<BuildContext> {
  const loaded = await loadConfig(config);
  const [context] = buildContexts(loaded.config.resources, dirname(config), config, [config]).values();
  if (context === undefined) throw new Error(`${config} has no job whose image is built`);
  return context;
}

/** Tests of all projects whose names begin with one of some words. */
export function describeProjects(...languages: readonly string[]): void {
  const all = projects(...languages);
  const isBuilt = ({ expected }: Project) => expected.refused === undefined && expected.notBuilt === undefined;

  describe(`the build contexts of projects: ${languages.join(', ')}`, () => {
    for (const project of all.filter((one) => !isBuilt(one))) synthesized(project);
  });

  describeWith(
    [podmanCommandAvailable(), baseImagesAvailable()],
    `the images of projects, built and run by Podman on Debian with glibc: ${languages.join(', ')}`,
    () => {
      let storage: PodmanStorage;
      let bases: BaseImages;
      const store = new ObjectStore();
      const variables = { ...process.env };

      beforeAll(async () => {
        storage = await podmanStorage();
        bases = new BaseImages(storage);
        Object.assign(process.env, storage.variables, { BUILDAH_ISOLATION: 'chroot' });
        await store.start();
      });

      afterAll(async () => {
        await store.stop();
        await storage.dispose();
        process.env = variables;
      });

      for (const project of all.filter(isBuilt)) builtAndRun(project, () => ({ storage, bases, store }));
    },
  );
}

function test(project: Project, name: string, body: () => Promise<void>): void {
  const reason = unreachable(project.expected);
  if (reason !== undefined) process.stderr.write(`SKIPPED: ${project.name}\n  ${reason}\n`);
  (reason === undefined ? it : it.skip)(name, body);
}

/** What is known of a project without an engine: its context, or why it has none. */
function synthesized(project: Project): void {
  const { expected, name } = project;
  const suffix = expected.notBuilt === undefined ? 'is refused' : `is listed and hashed only: ${expected.notBuilt}`;
  test(project, `${name}: ${expected.shape}, ${suffix}`, async () => {
    const copy = copyOf(project);
    try {
      if (expected.refused === undefined) {
        expectListed(project, await contextOf(copy.config));
        const again = copyOf(project);
        expect(contextDigest(await contextOf(again.config))).toBe(contextDigest(await contextOf(copy.config)));
        again.dispose();
        return;
      }
      const error = await contextOf(copy.config).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ConfigError);
      const { message, problems } = error as ConfigError;
      const said = [message, ...problems.flatMap(({ found, accepted, fix }) => [found, accepted, fix])].join('\n');
      for (const text of expected.refused) expect(said).toContain(text);
    } finally {
      copy.dispose();
    }
  });
}

function expectListed({ expected }: Project, context: BuildContext): void {
  const { has = [], lacks = [] } = expected.context ?? {};
  const paths = context.files.map(({ path }) => path);
  const isThere = (path: string) => paths.some((one) => one === path || one.startsWith(`${path}/`));
  expect({ missing: has.filter((path) => !isThere(path)), unwanted: lacks.filter(isThere), paths }).toEqual({
    missing: [],
    unwanted: [],
    paths,
  });
}

interface Engines {
  readonly storage: PodmanStorage;
  readonly bases: BaseImages;
  readonly store: ObjectStore;
}

function builtAndRun(project: Project, engines: () => Engines): void {
  const { expected, name } = project;
  test(project, `${name}: ${expected.shape}`, async () => {
    const { storage, bases, store } = engines();
    const copy = copyOf(project);
    let context: BuildContext;
    try {
      context = await contextOf(copy.config);
      expectListed(project, context);
      await bases.provide(dockerfileOf(context));
      const image = await buildImage('podman', context);
      const container = new ProjectContainer(storage, image, context.command ?? []);
      await container.expectFiles(expected.image?.has ?? [], expected.image?.lacks ?? []);
      await Promise.all([
        ...[SMALL, LARGE].map((event) => expectEvent(project, container, store, event)),
        expectTerminated(container, store),
        expectKilledForMemory(project, container, store),
      ]);
    } finally {
      copy.dispose();
    }
  });
}

async function expectEvent({ expected }: Project, container: ProjectContainer, store: ObjectStore, event: string) {
  const { status, stdout, stderr } = await container.run(
    store.environment(event === LARGE ? store.store(event, 'nightly/nightly-1/event.json') : event),
  );
  const sha256 = createHash('sha256').update(event).digest('hex');
  const said = { sha256, bytes: Buffer.byteLength(event), uid: 1000, found: expected.found ?? {} };
  // What the job's runtime warns of is in the report if the rest is not as expected.
  expect({ status, said: stdout === '' ? stderr : firstLine(stdout) }).toEqual({ status: 0, said });
}

async function expectTerminated(container: ProjectContainer, store: ObjectStore): Promise<void> {
  const { status, stdout } = await container.terminated(store.environment(JSON.stringify({ do: 'wait' })));
  expect([status, stdout.trim().split('\n').at(-1)]).toEqual([0, 'terminated']);
}

/** A Java machine may end by itself before the kernel ends it. */
async function expectKilledForMemory({ name }: Project, container: ProjectContainer, store: ObjectStore) {
  const { status } = await container.run(store.environment(JSON.stringify({ do: 'allocate' })));
  expect([...(name.startsWith('java-') ? [1, 3] : []), 137]).toContain(status);
}

/** The file that the context's images are built of. */
function dockerfileOf({ files, method }: BuildContext): string {
  if (method.tool !== 'docker') throw new Error(`${method.tool} does not run here`);
  const file = files.find(({ path }) => path === method.dockerfile);
  if (file === undefined) throw new Error(`no ${method.dockerfile} in the context`);
  return bytes(file.content).toString('utf8');
}

function firstLine(stdout: string): { sha256?: string; bytes?: number; uid?: number; found?: unknown } {
  const [line = ''] = stdout.split('\n');
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`the job's first line is no JSON: ${stdout.slice(0, 2_000)}`);
  }
}

/** Runs containers of one image as AWS Batch does: Docker's init, a limit of memory, variables. */
class ProjectContainer {
  constructor(
    private readonly storage: PodmanStorage,
    private readonly image: string,
    private readonly command: readonly string[],
  ) {}

  /** Runs it to its end. */
  async run(environment: Readonly<Record<string, string>>, more: readonly string[] = []) {
    const { PATH: _, ...variables } = environment;
    const words = Object.entries(variables).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
    const limits = ['--memory', `${MEMORY}m`, '--memory-swap', `${MEMORY}m`, '--ulimit', 'nofile=1024:1024'];
    const options = ['--rm', '--init', ...limits, '--ulimit', 'nproc=2048:2048', ...more, ...words];
    // The engine's monitor leaves a file there when it kills a container for its memory.
    const cwd = mkdtempSync(join(tmpdir(), 'container-'));
    const all = ['run', ...options, this.image, ...this.command];
    const ended = await runCommand('podman', all, { cwd, env: process.env, timeLimit: 600 });
    rmSync(cwd, { recursive: true, force: true });
    return ended;
  }

  /** Runs it until it waits, and stops it as AWS Batch does. */
  async terminated(environment: Readonly<Record<string, string>>) {
    const name = `corpus-${process.pid}-${Date.now()}`;
    const ended = this.run(environment, ['--name', name]);
    const options = { cwd: tmpdir(), env: process.env, timeLimit: 120 };
    await until(async () => (await runCommand('podman', ['logs', name], options)).stdout.includes('waiting'), name);
    await this.storage.podman('kill', '--signal', 'TERM', name);
    return ended;
  }

  async expectFiles(has: readonly string[], lacks: readonly string[]): Promise<void> {
    if (has.length + lacks.length === 0) return;
    const script = 'for path in "$@"; do if [ -e "$path" ]; then echo "$path"; fi; done';
    const words = ['run', '--rm', '--entrypoint', '/bin/sh', this.image, '-c', script, 'sh', ...has, ...lacks];
    const there = (await this.storage.podman(...words)).split('\n').filter((line) => line !== '');
    expect(there).toEqual(has);
  }
}
