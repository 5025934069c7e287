import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith } from '../../e2e/engines/availability';
import { podmanCommandAvailable } from '../../e2e/engines/podman';
import { type PodmanStorage, podmanStorage } from '../../e2e/engines/podman-storage';
import { JobPrograms } from '../../job/job-process';
import { documents, LocalProject } from './whole-program';

const BASE = 'localhost/node-here:1';
const PACKAGING = { type: 'custom-dockerfile', properties: { buildContextPath: 'image' } };

/** There is no shell in the base image: commands are lists of words. */
function run(script: string): string {
  return `RUN ${JSON.stringify(['node', '-e', script])}`;
}

function dockerfile(...lines: readonly string[]): string {
  return `${[`FROM ${BASE}`, ...lines, 'CMD ["node", "/job.js"]'].join('\n')}\n`;
}

const JOB = "console.log('user ' + process.getuid() + ': ' + require('fs').readFileSync('/data/deep/text', 'utf8'));";
const HANG = "console.log('up'); setInterval(() => {}, 1000);";

describeWith([podmanCommandAvailable()], 'images of local runs, built by Podman', () => {
  const before = { ...process.env };
  let storage: PodmanStorage;
  let project: LocalProject;

  beforeAll(async () => {
    storage = await podmanStorage();
    Object.assign(process.env, storage.variables, { BUILDAH_ISOLATION: 'chroot', BATCH_JOBS_ENGINE: 'podman' });
    await storage.nodeImage(BASE, process.arch === 'arm64' ? 'arm64' : 'amd64');
  });

  afterAll(async () => {
    await storage?.dispose();
    process.env = { ...before };
  });

  beforeEach(() => {
    project = new LocalProject(mkdtempSync(join(tmpdir(), 'local-')));
    project.configure(PACKAGING);
    write(JOB);
  });

  afterEach(async () => {
    const { leftBehind, folder } = project;
    rmSync(folder, { recursive: true, force: true });
    const containers = await storage.podman('ps', '--all', '--external', '--quiet');
    await storage.podman('rm', '--all', '--force', '--time', '0');
    expect({ leftBehind, containers }).toEqual({ leftBehind: [], containers: '' });
  });

  /** A project whose image is made of a job's code and some lines of a Dockerfile. */
  function write(job: string, ...lines: readonly string[]): void {
    project.write({
      'image/Dockerfile': dockerfile('COPY data /data', ...lines, 'COPY job.js /job.js'),
      'image/job.js': job,
      'image/data/deep/text': 'read',
    });
  }

  async function images(stack = 'shop'): Promise<string[]> {
    const filter = ['--filter', `label=batch-jobs.local=${stack}/report`];
    const names = await storage.podman('images', ...filter, '--format', '{{.Repository}}:{{.Tag}}');
    return names.split('\n').filter((name) => name.startsWith('localhost/batch-jobs-local:'));
  }

  test('a job that imports the library gets a large event, and saves when it is interrupted', async () => {
    const programs = new JobPrograms();
    const [, program = ''] = programs.typescript(`
      import { containerStart, event, onReclaim } from 'cdktf-batch-jobs/job';
      onReclaim(() => console.log('saved'));
      event<string>().then((text) => {
        console.log(text.length, containerStart);
        if (containerStart === 1) setTimeout(() => console.log('never'), 60_000);
      });
    `);
    write(readFileSync(program, 'utf8'));
    programs.remove();
    project.configure(PACKAGING, { job: { useSpotInstances: true } });
    project.write({ 'event.json': JSON.stringify('é'.repeat(1_000_000)) });
    // What watches an instance sends SIGTERM to its containers; here, as soon as the job is up.
    let isSent = false;
    const { code, stdout } = await project.run(['--event', 'event.json', '--json'], {
      onOutput: (text) => {
        if (isSent || !text.includes('1000000 1')) return;
        isSent = true;
        void storage.podman('kill', '--all', '--signal', 'TERM');
      },
    });
    const output = documents(stdout).flatMap(({ type, text }) => (type === 'output' ? [text] : []));
    expect([code, output.filter((line) => /^\d+ \d$|saved|never/.test(line))]).toEqual([
      0,
      ['1000000 1', 'saved', '1000000 2'],
    ]);
  });

  test('a custom Dockerfile is built, run, and not built again while nothing changes', async () => {
    write(JOB, run("console.log('quiet')"), 'USER 1000:1000');
    const first = await project.run([]);
    expect(first.stderr).toBe('');
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^\d\d:\d\d\.\d {2}Image {5}Podman builds batch-jobs-local:[\da-f]{12}$/m);
    expect(first.stdout).toMatch(/^\d\d:\d\d\.\d {2}Step {6}2\/\d: COPY data \/data$/m);
    expect(first.stdout).toMatch(/^\d\d:\d\d\.\d {2}Image {5}built in \d+(\.\d)? s$/m);
    expect(first.stdout).toContain('| user 1000: read\n');
    // The log of a successful build shows its steps.
    expect(first.stdout).not.toContain('| quiet');
    const second = await project.run(['--json']);
    expect(second.code).toBe(0);
    const all = documents(second.stdout);
    expect(all.filter(({ type }) => type === 'image')).toEqual([
      expect.objectContaining({ action: 'kept', by: 'podman', image: expect.stringMatching(/^batch-jobs-local:/) }),
    ]);
    expect(all.some(({ type }) => type === 'build-step')).toBe(false);
    expect(await images()).toHaveLength(1);
  });

  test('files and folders of the image can be read, whatever the umask of the person is', async () => {
    const own = process.umask(0o077);
    try {
      write(`${JOB} // umask`, 'USER 1000:1000');
      expect((await project.run([])).stdout).toContain('| user 1000: read\n');
    } finally {
      process.umask(own);
    }
  });

  describe('a build that fails', () => {
    const LOUD = run(
      "for (let n = 1; n <= 30; n++) console.log('line ' + n); console.log('\\x1b[2Jbad'); process.exit(7)",
    );

    test('exits with 1, and shows the step and its last lines', async () => {
      write(JOB, run(''), LOUD);
      const { code, stdout, stderr } = await project.run([]);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^podman could not build the image of report: step 4\/\d, RUN \["node","-e","for .{20,60}…, ended with exit code 7\n$/,
      );
      const lines = stdout.split('\n');
      const from = lines.findIndex((line) => line.includes('Step 4/'));
      expect(lines[from]).toMatch(/^\d\d:\d\d\.\d {2}Step 4\/\d failed: RUN \["node","-e","for/);
      expect(lines.slice(from + 1)).toEqual([
        ...Array.from({ length: 19 }, (_, index) => `         | line ${index + 12}`),
        '         | ^[[2Jbad',
        '',
      ]);
    });

    test('is a document of its own as JSON', async () => {
      write(JOB, LOUD);
      const { code, stdout } = await project.run(['--json']);
      expect(code).toBe(1);
      const failed = documents(stdout).at(-1);
      expect(failed).toMatchObject({
        type: 'build-failed',
        image: expect.stringMatching(/^batch-jobs-local:[\da-f]{12}$/),
        exitCode: 7,
        step: { place: expect.stringMatching(/^3\/\d$/), instruction: expect.stringMatching(/^RUN /) },
      });
      expect(failed.lines).toHaveLength(20);
      expect(failed.lines.at(-1)).toContain('bad');
    });

    test.each([
      ['COPY missing /x', /: step 4\/\d, COPY missing \/x: .*missing.*no such file or directory\n$/],
      ['NOSUCH x', /: step 4\/\d, NOSUCH.*: .*[Uu]nknown instruction.*\n$/],
    ])('for %s says why in one line', async (line, message) => {
      write(JOB, run(''), line);
      const { code, stderr } = await project.run([]);
      expect(code).toBe(1);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain(project.temporary);
      expect(stderr.split('\n')).toHaveLength(2);
    });
  });

  test('an image that an earlier run of the job has built goes, those of other stacks stay', async () => {
    project.configure(PACKAGING, { stackName: 'other' });
    write(`${JOB} // other`);
    await project.run([]);
    project.configure(PACKAGING);
    for (const version of [1, 2, 3]) {
      write(`${JOB} // version ${version}`);
      const { code, stdout } = await project.run([]);
      expect(code).toBe(0);
      if (version > 1) expect(stdout).toMatch(/Image {5}removed \d images? of earlier runs/);
    }
    expect([await images(), await images('other')]).toEqual([[expect.anything()], [expect.anything()]]);
  });

  test('what another run uses stays, and goes when that run is over, even if it was killed', async () => {
    write(HANG);
    let stop: (name: NodeJS.Signals) => void = () => undefined;
    let started: () => void = () => undefined;
    const isUp = new Promise<void>((resolve) => (started = resolve));
    const first = project.run([], {
      onOutput: (output, signal) => {
        stop = signal;
        if (output.includes('| up')) started();
      },
    });
    await isUp;
    const [used = ''] = await images();
    write(`${JOB} // second`);
    expect((await project.run([])).code).toBe(0);
    expect(await images()).toContain(used);
    stop('SIGKILL');
    await first;
    // It could not clean up after itself, and its container goes on.
    const running = await storage.podman('ps', '--quiet');
    await storage.podman('rm', '--force', '--time', '0', running.trim());
    rmSync(project.temporary, { recursive: true });
    mkdirSync(project.temporary);
    write(`${JOB} // third`);
    expect((await project.run([])).code).toBe(0);
    expect(await images()).toHaveLength(1);
  });

  test('two runs of two versions at once have each its own image', async () => {
    const other = new LocalProject(mkdtempSync(join(tmpdir(), 'local-')));
    other.configure(PACKAGING);
    const slow = run('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000)');
    write("console.log('one')", slow);
    other.write({ 'image/Dockerfile': dockerfile(slow, 'COPY job.js /job.js'), 'image/job.js': "console.log('two')" });
    const runs = await Promise.all([project.run([]), other.run([])]);
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    expect(runs.map(({ stdout }) => /\| (one|two)/.exec(stdout)?.[1])).toEqual(['one', 'two']);
    rmSync(other.folder, { recursive: true });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s in the middle of a build leaves nothing behind', async (name) => {
    const all = async () => (await storage.podman('images', '--all', '--quiet')).split('\n').sort();
    const there = await all();
    write(
      `${JOB} // ${name}`,
      run(`require('fs').writeFileSync('/made', '${name}')`),
      run(`console.log('waits'); setInterval(() => {}, 1000)`),
    );
    let isSent = false;
    const { code, stdout, stderr } = await project.run([], {
      onOutput: (output, signal) => {
        if (isSent || !/Step {6}4\//.test(output)) return;
        isSent = true;
        setTimeout(() => signal(name), 500);
      },
    });
    expect([code, stderr]).toEqual([name === 'SIGINT' ? 130 : 143, '']);
    expect(stdout).not.toContain('failed');
    expect(await all()).toEqual(there);
  });
});
