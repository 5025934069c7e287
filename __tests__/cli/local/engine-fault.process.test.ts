import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineFault } from '../../../cli/local/engine-fault';
import { describeWith } from '../../e2e/engines/availability';
import { podmanCommandAvailable } from '../../e2e/engines/podman';
import { type PodmanStorage, podmanStorage } from '../../e2e/engines/podman-storage';
import { documents, FOREIGN, LocalProject, type ProgramOptions } from './whole-program';

const IMAGE = 'localhost/node-here:1';
const NOBODY = 65_534;

/** Answers of a registry, by what an image's name begins with. */
const ANSWERS: { readonly [name: string]: readonly [status: number, code: string] } = {
  private: [401, 'UNAUTHORIZED'],
  denied: [403, 'DENIED'],
  gone: [404, 'MANIFEST_UNKNOWN'],
  broken: [500, 'UNKNOWN'],
};

describeWith([podmanCommandAvailable()], 'Podman that answers and cannot work', () => {
  const before = { ...process.env };
  let storage: PodmanStorage;
  let project: LocalProject;
  let registry: Server;
  let port = 0;

  beforeAll(async () => {
    storage = await podmanStorage();
    Object.assign(process.env, storage.variables, { BUILDAH_ISOLATION: 'chroot', BATCH_JOBS_ENGINE: 'podman' });
    await storage.nodeImage(IMAGE, process.arch === 'arm64' ? 'arm64' : 'amd64');
    registry = createServer(({ url = '' }, response) => {
      const [status, code] = ANSWERS[/^\/v2\/(\w+)\//.exec(url)?.[1] ?? ''] ?? [200, ''];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(status === 200 ? '{}' : JSON.stringify({ errors: [{ code, message: code }] }));
    });
    await new Promise<void>((resolve) => registry.listen(0, '127.0.0.1', resolve));
    ({ port } = registry.address() as AddressInfo);
  });

  afterAll(async () => {
    registry?.close();
    await storage?.dispose();
    process.env = { ...before };
  });

  beforeEach(() => {
    project = new LocalProject(mkdtempSync(join(tmpdir(), 'local-')));
    prebuilt(IMAGE);
  });

  afterEach(async () => {
    const { leftBehind, folder } = project;
    rmSync(folder, { recursive: true, force: true });
    const containers = await storage.podman('ps', '--all', '--external', '--quiet');
    expect({ leftBehind, containers }).toEqual({ leftBehind: [], containers: '' });
  });

  function prebuilt(image: string, command = ['node', '-e', "console.log('ran')"]): void {
    project.configure({ type: 'prebuilt-image', properties: { image, command } });
  }

  function customDockerfile(text: string): void {
    project.configure({ type: 'custom-dockerfile', properties: { buildContextPath: 'image' } });
    project.write({ 'image/Dockerfile': text });
  }

  /** The storage's settings with something changed, as a file of the project. */
  function settings(change: (text: string) => string): NodeJS.ProcessEnv {
    const path = join(project.folder, 'containers.conf');
    writeFileSync(path, change(readFileSync(storage.variables.CONTAINERS_CONF ?? '', 'utf8')));
    return { CONTAINERS_CONF: path };
  }

  /** A run that must end with exit code 2 and one line, with nothing counted as an attempt. */
  async function refused(options: ProgramOptions): Promise<{ line: string; kind: string }> {
    const { code, stdout, stderr } = await project.run([], options);
    expect([code, stderr.trimEnd().split('\n').length]).toEqual([2, 1]);
    expect(stdout).not.toMatch(/Failed|Succeeded|Duration/);
    const json = await project.run(['--json'], options);
    expect(json.code).toBe(2);
    const all = documents(json.stdout);
    expect(all.filter(({ type }) => type === 'exit' || type === 'result')).toEqual([]);
    const last = all.at(-1);
    expect(last).toMatchObject({ type: 'engine-fault', engine: 'podman' });
    expect(`${last.problem}. ${last.fix}.`).toBe(json.stderr.trimEnd());
    return { line: stderr.trimEnd(), kind: last.kind };
  }

  test('no systemd, which is to make its control groups', async () => {
    if (existsSync('/run/systemd/private')) return;
    const env = settings((text) => text.replace('"cgroupfs"', '"systemd"'));
    expect(await refused({ env })).toEqual({
      kind: 'cgroup',
      line: expect.stringMatching(
        /^podman cannot run containers here: .*memory.*\(.*\)\. .*cgroup_manager = "cgroupfs"/,
      ),
    });
  });

  test('no program for networks', async () => {
    const env = settings((text) =>
      [
        text.replace('"host"', '"bridge"').replace('[engine]', '[engine]\nhelper_binaries_dir = ["/no/such"]'),
        // Podman 4 takes CNI's plugins instead, where they are installed, if it may choose.
        '[network]\nnetwork_backend = "netavark"\n',
      ].join('\n'),
    );
    expect(await refused({ env })).toEqual({
      kind: 'network',
      line: expect.stringMatching(
        /^podman (cannot run containers here|does not answer): it cannot give a container a network \(.*\)\. .*netns = "host"/,
      ),
    });
  });

  test('no runtime: it does not answer then', async () => {
    const env = settings((text) => text.replace('"runc"', '"nosuch"'));
    expect(await refused({ env })).toEqual({
      kind: 'runtime',
      line: expect.stringMatching(
        /^podman does not answer: .*\(default OCI runtime "nosuch" not found: .*\)\. Install crun or runc/,
      ),
    });
  });

  test('a folder for images that cannot be made', async () => {
    const path = join(project.folder, 'storage.conf');
    writeFileSync(path, '[storage]\ndriver = "overlay"\ngraphroot = "/proc/no/such"\nrunroot = "/proc/no/such"\n');
    expect(await refused({ env: { CONTAINERS_STORAGE_CONF: path } })).toEqual({
      kind: 'storage',
      line: expect.stringMatching(/^podman does not answer: .*graphroot in storage\.conf/),
    });
  });

  test('a full disk', async () => {
    const disk = mkdtempSync('/tmp/disk-');
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk]).status).toBe(0);
    try {
      const path = join(project.folder, 'storage.conf');
      writeFileSync(path, `[storage]\ndriver = "vfs"\ngraphroot = "${disk}/root"\nrunroot = "${disk}/run"\n`);
      customDockerfile('FROM scratch\nCOPY . /\nCMD ["/x"]\n');
      project.write({ 'image/large': 'x'.repeat(8_000_000) });
      expect(await refused({ env: { CONTAINERS_STORAGE_CONF: path } })).toEqual({
        kind: 'disk',
        line: expect.stringMatching(
          /^podman cannot build the image of report: the disk is full \(.*\)\. Free some space/,
        ),
      });
    } finally {
      spawnSync('umount', ['--recursive', disk]);
      rmSync(disk, { recursive: true, force: true });
    }
  });

  test('a service that is not there', async () => {
    expect(await refused({ env: { CONTAINER_HOST: 'unix:///no/such.sock' } })).toEqual({
      kind: 'not-running',
      line: expect.stringMatching(/^podman does not answer: it is not running.*CONTAINER_HOST\.$/),
    });
  });

  test("settings that cannot be read, and another user's socket, told from Podman's words", () => {
    const said = (words: readonly string[], env: NodeJS.ProcessEnv, uid?: number) =>
      spawnSync('podman', words, { env: { ...process.env, ...env }, encoding: 'utf8', uid, gid: uid, cwd: '/' }).stderr;
    const broken = join(project.folder, 'broken.conf');
    writeFileSync(broken, '[[[\n');
    expect(engineFault('podman', 'answer', said(['info'], { CONTAINERS_CONF: broken }))?.kind).toBe('settings');
    const folder = mkdtempSync('/tmp/other-');
    try {
      const socket = join(folder, 'api.sock');
      writeFileSync(socket, '');
      chmodSync(folder, 0o700);
      const own = {
        CONTAINERS_CONF: undefined,
        CONTAINERS_STORAGE_CONF: undefined,
        TMPDIR: '/tmp',
        XDG_RUNTIME_DIR: undefined,
      };
      const words = said(['info'], { ...own, HOME: '/', CONTAINER_HOST: `unix://${socket}` }, NOBODY);
      expect(engineFault('podman', 'answer', words)?.kind).toBe('socket');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("a user without a range of user ids cannot run an image's other users, told from Podman's words", () => {
    const home = mkdtempSync('/tmp/home-');
    const conf = join(home, 'containers.conf');
    writeFileSync(
      conf,
      '[containers]\nnetns = "host"\n[engine]\ncgroup_manager = "cgroupfs"\nruntime = "runc"\nevents_logger = "file"\n',
    );
    chmodSync(home, 0o755);
    mkdirSync(join(home, 'run'));
    spawnSync('chown', ['-R', String(NOBODY), home]);
    const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: join(home, 'run'), CONTAINERS_CONF: conf };
    const options = { env, encoding: 'utf8', uid: NOBODY, gid: NOBODY, cwd: '/' } as const;
    try {
      spawnSync('tar', ['-cf', join(home, 'x.tar'), '-C', '/etc', 'hostname'], options);
      spawnSync('podman', ['import', join(home, 'x.tar'), 'x:1'], options);
      const { stderr } = spawnSync('podman', ['run', '--rm', '--user', '1000', 'x:1', '/x'], options);
      expect(engineFault('podman', 'run', stderr)).toMatchObject({
        kind: 'users',
        fix: expect.stringContaining('--add-subuids'),
      });
    } finally {
      spawnSync('umount', [join(home, '.local/share/containers/storage/overlay')]);
      // Podman's processes can write there for a moment after the command has ended.
      rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  });

  test.each([
    ['private', 'registry-access', /podman login/],
    ['denied', 'registry-access', /podman login/],
    ['gone', 'image-missing', /Correct the image's name or tag/],
    ['broken', 'registry-fault', /Try again later/],
  ])('a registry that answers: %s', async (name, kind, fix) => {
    const registries = join(project.folder, 'registries.conf');
    writeFileSync(registries, `[[registry]]\nlocation = "127.0.0.1:${port}"\ninsecure = true\n`);
    const image = `127.0.0.1:${port}/${name}/x:1`;
    prebuilt(image);
    const { code, stdout, stderr } = await project.run([], { env: { CONTAINERS_REGISTRIES_CONF: registries } });
    expect(code).toBe(2);
    expect(stdout).toMatch(/^\S+ {2}Image {5}Podman pulls 127\.0\.0\.1:\d+\/\w+\/x:1\n$/);
    expect(stderr).toMatch(new RegExp(`^podman cannot pull ${image}: .*\\(.*\\)\\. [A-Z].*\\n$`));
    expect(stderr).toMatch(fix);
    customDockerfile(`FROM ${image}\nRUN ["x"]\n`);
    const built = await project.run(['--json'], { env: { CONTAINERS_REGISTRIES_CONF: registries } });
    expect(built.code).toBe(2);
    expect(documents(built.stdout).at(-1)).toMatchObject({
      type: 'engine-fault',
      kind,
      problem: expect.stringContaining('podman cannot pull the base image of report: '),
    });
  });

  test('a registry whose name is not found, whose port is closed, that speaks no TLS, and an image without a registry', async () => {
    const kinds: string[] = [];
    for (const image of ['no-such.invalid/x:1', 'localhost:1/x:1', `localhost:${port}/private/x:1`, 'no-such-name:1']) {
      prebuilt(image);
      const { stdout } = await project.run(['--json']);
      kinds.push(documents(stdout).at(-1).kind);
    }
    expect(kinds).toEqual(['registry-name', 'registry-unreachable', 'registry-tls', 'short-name']);
  });

  test('an image that is here for another architecture only', async () => {
    project.configure({ type: 'prebuilt-image', properties: { image: IMAGE } }, { architecture: FOREIGN });
    const { kind, line } = await refused({});
    expect(kind).toBe('architecture');
    expect(line).toContain(`the image ${IMAGE} here is for linux/`);
    expect(line).toContain('set resources.architecture');
  });

  test('an architecture that nothing here emulates', async () => {
    const machine = FOREIGN === 'arm64' ? 0xb7 : 0x3e;
    const header = Buffer.alloc(64);
    header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
    header.set([2, 0, machine, 0, 1], 16);
    writeFileSync(join(project.folder, 'program'), header, { mode: 0o755 });
    const archive = join(project.folder, 'foreign.tar');
    spawnSync('tar', ['-cf', archive, '-C', project.folder, 'program']);
    await storage.podman('import', '--arch', FOREIGN === 'arm64' ? 'arm64' : 'amd64', archive, 'localhost/foreign:1');
    const packaging = { type: 'prebuilt-image', properties: { image: 'localhost/foreign:1', command: ['/program'] } };
    project.configure(packaging, { architecture: FOREIGN });
    expect(await refused({})).toEqual({
      kind: 'emulation',
      line: expect.stringMatching(new RegExp(`: it is for ${FOREIGN}, and this machine is .*qemu-user-static`)),
    });
  });

  test('an entry file is told of --plain, and runs so where the engine does not answer', async () => {
    project.configure({ type: 'stacktape-image-buildpack', properties: { entryfilePath: 'job.js' } });
    project.write({ 'job.js': "console.log('plainly')" });
    const env = settings((text) => text.replace('"runc"', '"nosuch"'));
    const { line } = await refused({ env });
    expect(line).toMatch(/, or run the job without an engine: --plain\.$/);
    const { code, stdout } = await project.run([], { env: { ...env, BATCH_JOBS_ENGINE: undefined } });
    expect(stdout).toMatch(
      / {2}Engine {4}Podman: does not answer: .*"nosuch" not found.*; the job runs as a plain process\n/,
    );
    expect(stdout).toContain('| plainly');
    expect(code).toBe(0);
  });

  test('a limit of memory that it does not set is said once, and the job runs', async () => {
    // Control groups of version 1 can be without memory; here they are so for this run alone.
    if (!existsSync('/sys/fs/cgroup/memory')) return;
    project.configure(
      { type: 'prebuilt-image', properties: { image: IMAGE, command: ['node', '-e', "console.log('ran')"] } },
      { job: { retryConfig: { attempts: 2, retryIntervalSeconds: 1 } } },
    );
    const before = ['unshare', '--mount', 'sh', '-ec', 'umount /sys/fs/cgroup/memory; exec "$@"', 'sh'];
    const { code, stdout } = await project.run(['--fail-attempts', '1', '--fast'], { before });
    expect(stdout.match(/ {2}Engine {4}Podman: .*memory limit.*/g)).toHaveLength(1);
    expect(stdout.match(/\| ran/g)).toHaveLength(2);
    expect(code).toBe(0);
  });
});
