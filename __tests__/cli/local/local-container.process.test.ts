import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Faults } from '../../../cli/local/arguments';
import { engineContainers } from '../../../cli/local/container-engine';
import { LocalBatch } from '../../../cli/local/local-batch';
import type { LocalContainer } from '../../../cli/local/local-container';
import { interpret } from '../../../cli/local/state-machine/interpreter';
import type { Json } from '../../../cli/local/state-machine/json-value';
import type { ProgressEvent } from '../../../cli/run-report/progress-event';
import { retryPlan } from '../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../modules/orchestration/state-machine-document';
import { describeWith } from '../../e2e/engines/availability';
import { podmanCommandAvailable } from '../../e2e/engines/podman';
import { type PodmanStorage, podmanStorage } from '../../e2e/engines/podman-storage';
import { NO_FAULTS, onceUp, recorded, SPOT_QUEUE } from './scenarios';
import { OWN } from './whole-program';

const PROGRAM = join(__dirname, '..', '..', '..', 'cli', 'batch-jobs.ts');
const IMAGE = 'localhost/node-here:1';
const TIMED_OUT = 'Job attempt duration exceeded timeout';

interface Options {
  readonly container?: Partial<LocalContainer>;
  readonly environment?: Record<string, string>;
  readonly faults?: Partial<Faults>;
  /** Called after each piece of news, until the job has ended. */
  readonly meanwhile?: (progressEvents: readonly ProgressEvent[]) => Promise<void>;
}

const FILLS_MEMORY = 'const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))';
const KILLED_FOR_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';

/** A container that runs a script of Node.js. */
function containerIn(script: string, container: Options['container']): LocalContainer {
  return {
    image: IMAGE,
    command: ['node', '-e', script],
    environment: {},
    secrets: {},
    architecture: OWN,
    memory: 256,
    init: true,
    ulimits: ['nofile=65536:65536'],
    ...container,
  };
}

/** One job whose container is a script of Node.js. */
async function submit(script: string, { container, environment, faults, meanwhile }: Options = {}) {
  const { report, progressEvents } = recorded();
  const local = containerIn(script, container);
  const source = engineContainers('podman', local, { report });
  const batch = new LocalBatch({
    container: local,
    retry: undefined,
    source: faults === undefined ? source : onceUp(source),
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
  const [outcome] = await Promise.all([batch.submit({ parameters: parameters as Json }), meanwhile?.(progressEvents)]);
  const detail = 'cause' in outcome ? JSON.parse(outcome.cause) : outcome.output;
  const exit = progressEvents.find((progressEvent) => progressEvent.type === 'exit');
  return { detail, exit, output: outputOf(progressEvents) };
}

function outputOf(progressEvents: readonly ProgressEvent[]): string[] {
  return progressEvents.flatMap((progressEvent) => (progressEvent.type === 'output' ? [progressEvent.text] : []));
}

async function until(holds: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 120_000; !holds(); await sleep(20)) {
    if (Date.now() > deadline) throw new Error('it did not come about in time');
  }
}

/** Processes of this machine whose command begins with some words. */
function processesOf(...words: readonly string[]): number[] {
  return readdirSync('/proc')
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith(`${words.join('\0')}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describeWith([podmanCommandAvailable()], 'a local run in real containers of Podman', () => {
  const before = { ...process.env };
  let storage: PodmanStorage;

  beforeAll(async () => {
    storage = await podmanStorage();
    Object.assign(process.env, storage.variables);
    await storage.nodeImage(IMAGE, OWN === 'arm64' ? 'arm64' : 'amd64');
  });

  afterAll(async () => {
    await storage?.dispose();
    process.env = { ...before };
  });

  afterEach(async () => expect(await storage.podman('ps', '--all', '--quiet')).toBe(''));

  it('volumes are folders of this machine that stay, memory has its size, and what is read-only is', async () => {
    const root = mkdtempSync(join(tmpdir(), 'local-volumes-'));
    try {
      const folder = join(root, '.batch-jobs/reports/volumes/models/shared');
      const script = `
        const fs = require('node:fs');
        const size = (path) => { const { blocks, bsize } = fs.statfsSync(path); return (blocks * bsize) / 1048576; };
        fs.writeFileSync('/data/kept', 'yes');
        let refused = '';
        try { fs.writeFileSync('/only/read', 'x'); } catch ({ code }) { refused = code; }
        console.log(refused, fs.readFileSync('/only/kept', 'utf8'), size('/scratch'), size('/dev/shm'));`;
      const { detail, output } = await submit(script, {
        container: {
          mounts: [
            { folder, path: '/data', readOnly: false },
            { folder, path: '/only', readOnly: true },
          ],
          tmpfs: [{ containerPath: '/scratch', size: 16 }],
          sharedMemoryMb: 32,
        },
      });
      expect(output).toEqual(['EROFS yes 16 32']);
      expect(detail.Status).toBe('SUCCEEDED');
      expect(readFileSync(join(folder, 'kept'), 'utf8')).toBe('yes');
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it('a volume can be in another one, and not in a read-only one, which is why a config refuses that', async () => {
    const root = mkdtempSync(join(tmpdir(), 'local-volumes-'));
    const folder = join(root, '.batch-jobs/reports/volumes/models/shared');
    const tmpfs = [{ containerPath: '/data/own', size: 16 }];
    const nested = (readOnly: boolean) =>
      submit(`require('node:fs').writeFileSync('/data/own/x', ''); console.log('ran')`, {
        container: { mounts: [{ folder, path: '/data', readOnly }], tmpfs },
      });
    try {
      await expect(nested(true)).rejects.toThrow(/data\/own: read-only file system/);
      expect((await nested(false)).output).toEqual(['ran']);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  test.each([
    [0, 'SUCCEEDED'],
    [3, 'FAILED'],
    [125, 'FAILED'],
  ])("exit code %d is the job's own", async (code, Status) => {
    const { detail, output } = await submit(
      `console.log('out'); console.error('err'); setTimeout(() => process.exit(${code}), 50)`,
    );
    expect(detail).toMatchObject({ Status, Container: { ExitCode: code } });
    expect(output.sort()).toEqual(['err', 'out']);
  });

  test('a container whose client is killed, twice, ends with its own exit code, and what it still writes is shown', async () => {
    const script = `console.log('first');
      setTimeout(() => console.log('second'), 2500);
      setTimeout(() => { console.log('third'); process.exit(7); }, 5000);`;
    const killed: number[] = [];
    const kill = async (progressEvents: readonly ProgressEvent[], text: string, ...words: string[]) => {
      await until(() => outputOf(progressEvents).includes(text));
      for (const pid of processesOf('podman', ...words)) {
        process.kill(pid, 'SIGKILL');
        killed.push(pid);
      }
    };
    const { detail, output } = await submit(script, {
      meanwhile: async (progressEvents) => {
        await kill(progressEvents, 'first', 'start', '--attach');
        await kill(progressEvents, 'second', 'attach');
      },
    });
    expect(killed).toHaveLength(2);
    expect(detail).toMatchObject({ Status: 'FAILED', Container: { ExitCode: 7 } });
    // Podman adds an empty line at the end of a container that it attaches to again.
    expect(output.filter((line) => line !== '')).toEqual(['first', 'second', 'third']);
  });

  test('a Spot notice is a SIGTERM, of which a job dies with 143', async () => {
    const { detail, exit } = await submit("console.log('up'); setInterval(() => {}, 1000)", {
      faults: { interruptAfter: 0.1 },
    });
    expect(detail).toMatchObject({ Container: { ExitCode: 143 } });
    expect(exit).not.toHaveProperty('hint');
  });

  test('a job that takes too long and ignores SIGTERM is killed, which needs no hint', async () => {
    const { detail, exit } = await submit(
      "process.on('SIGTERM', () => {}); console.log('up'); setInterval(() => {}, 1000)",
      {
        faults: { timeoutAfter: 0.1, grace: 0.3 },
      },
    );
    expect(detail).toMatchObject({ StatusReason: TIMED_OUT, Container: { ExitCode: 137 } });
    expect(exit).not.toHaveProperty('hint');
  });

  test('a job that passes its memory is killed by Linux, and the reason is that of ECS', async () => {
    const { detail, exit } = await submit(FILLS_MEMORY, { container: { memory: 96 } });
    expect(detail).toMatchObject({ Status: 'FAILED', Container: { ExitCode: 137, Reason: KILLED_FOR_MEMORY } });
    expect(exit).toMatchObject({ reason: expect.stringContaining(KILLED_FOR_MEMORY) });
    expect(exit).not.toHaveProperty('hint');
  });

  test('a main process that outlives one that was killed for memory ends with its own exit code, and that reason', async () => {
    const outlives = `
      const { signal } = require('node:child_process').spawnSync('node', ['-e', ${JSON.stringify(FILLS_MEMORY)}]);
      console.log(signal);
      process.exit(3)`;
    const { detail, output } = await submit(outlives, { container: { memory: 192 } });
    expect(output).toEqual(['SIGKILL']);
    expect(detail).toMatchObject({ Container: { ExitCode: 3, Reason: KILLED_FOR_MEMORY } });
  });

  test('an attempt that is killed for memory is followed by one with more, and that one succeeds', async () => {
    const plan = retryPlan({ attempts: 3, memory: 96, onOutOfMemory: { memoryMultiplier: 3, maxMemory: 1024 } });
    const document = stateMachineDocument({ plan, jobDefinitionArn: 'd', jobQueueArn: SPOT_QUEUE });
    const { report, progressEvents } = recorded();
    // Fails by itself when it has room, and then succeeds.
    const script = `
      const kept = [];
      for (let size = 0; size < 150; size += 10) kept.push(Buffer.alloc(1e7, 1));
      console.log('had room');
      process.exit(process.env.STP_CURRENT_ATTEMPT === '2' ? 7 : 0)`;
    const container = containerIn(script, { memory: 96 });
    const source = engineContainers('podman', container, { report });
    const batch = new LocalBatch({ container, retry: plan.batchRetry, source, faults: NO_FAULTS, report });
    const run = await interpret(document, { task: (call) => batch.submit(call) });
    expect(run.status).toBe('SUCCEEDED');
    const memories = progressEvents.flatMap((event) => (event.type === 'container' ? [event.memory] : []));
    expect(memories).toEqual([96, 288, 288]);
    const ends = progressEvents.flatMap((event) => (event.type === 'exit' ? [event.exitCode] : []));
    expect(ends).toEqual([137, 7, 0]);
    expect(outputOf(progressEvents)).toEqual(['had room', 'had room']);
  });

  test('an end by SIGKILL that nobody here asked for has a hint', async () => {
    const { exit } = await submit("console.log('up'); setInterval(() => {}, 1000)", {
      meanwhile: async (progressEvents) => {
        await until(() => outputOf(progressEvents).includes('up'));
        await storage.podman('kill', '--signal', 'KILL', (await storage.podman('ps', '--quiet')).trim());
      },
    });
    expect(exit).toMatchObject({ exitCode: 137, hint: expect.stringContaining('memory ran out') });
  });

  test.each([
    [['nofile=512:600'], 512, 600],
    [['nofile=65536:65536'], 65_536, 65_536],
  ])(
    "a container may open as many files as its definition says (%j), up to this user's own limit",
    async (ulimits, soft, hard) => {
      // Of the init process: Node.js raises its own.
      const script =
        "console.log(/Max open files +(\\d+) +(\\d+)/.exec(require('fs').readFileSync('/proc/1/limits')).slice(1).join())";
      const { output } = await submit(script, { container: { ulimits } });
      const own = Number(/Max open files +\d+ +(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]);
      expect(output).toEqual([`${Math.min(soft, own)},${Math.min(hard, own)}`]);
    },
  );

  test('variables that mean something to Podman reach the job and not Podman', async () => {
    const environment = {
      STORAGE_OPTS: 'overlay.no=such',
      STORAGE_DRIVER: 'nosuch',
      NOTIFY_SOCKET: '/no/such',
      CONTAINERS_CONF: '/no/such.conf',
      CONTAINERS_STORAGE_CONF: '/no/such.conf',
      CONTAINER_HOST: 'tcp://127.0.0.1:1',
      TMPDIR: '/no/such/folder',
      XDG_RUNTIME_DIR: '/no/such',
    };
    const script = `for (const name of ${JSON.stringify(Object.keys(environment))}) console.log(name + '=' + process.env[name])`;
    const { detail, output } = await submit(script, { environment });
    expect(detail).toMatchObject({ Status: 'SUCCEEDED' });
    expect(output).toEqual(Object.entries(environment).map(([name, value]) => `${name}=${value}`));
  });

  test('values arrive byte for byte', async () => {
    // biome-ignore format: one value a line would be a page.
    const values = [
      '', ' ', ' leading', 'trailing ', '\ttab\t', '"double"', "'single'", '"', `it's "both"`, '# no comment',
      'a # b', '#', 'a\nb', '\n', 'a\r\nb', 'a\r', '\\n', 'back\\slash\\', '$HOME ${HOME} $(id) `id`', 'a=b=c', '=',
      '{"json":"ü 日本 😀"}', '*', '%s', '\u001b[31m', '\u00a0', '\ufeffbom', '\u2028', '\u0085', 'x'.repeat(70_000),
    ];
    const environment = Object.fromEntries(values.map((value, index) => [`V_${index}`, value]));
    const script = `for (let n = 0; n < ${values.length}; n++) console.log(JSON.stringify(process.env['V_' + n] ?? null))`;
    const { output } = await submit(script, { environment });
    expect(output.map((line) => JSON.parse(line))).toEqual(values);
  });

  test('a program that is not there is a reason in one line', async () => {
    const { detail, output } = await submit('', { container: { command: ['/no/such'], init: false } });
    expect(detail).toMatchObject({ Status: 'FAILED', StatusReason: 'Task failed to start' });
    expect(detail.Container.Reason).toMatch(/^podman could not start the container: .*\/no\/such/);
    expect(detail.Container).not.toHaveProperty('ExitCode');
    // What Podman says is no output of the job.
    expect(output).toEqual([]);
  });

  test('no init program is a fault of the engine, and no end of a job', async () => {
    const conf = join(mkdtempSync(join(tmpdir(), 'conf-')), 'containers.conf');
    const own = readFileSync(storage.variables.CONTAINERS_CONF ?? '', 'utf8');
    writeFileSync(conf, own.replace('[containers]', '[containers]\ninit_path = "/no/such/init"'));
    process.env.CONTAINERS_CONF = conf;
    try {
      await expect(submit('')).rejects.toMatchObject({
        kind: 'init',
        message: expect.stringMatching(/^podman cannot run containers here: .*\. Install the package catatonit\.$/),
      });
      // Those that need none still run.
      expect((await submit("console.log('ran')", { container: { init: false } })).output).toEqual(['ran']);
    } finally {
      process.env.CONTAINERS_CONF = storage.variables.CONTAINERS_CONF;
      rmSync(join(conf, '..'), { recursive: true });
    }
  });

  test("a job's own output is shown, though it begins as Podman's words do", async () => {
    const { output } = await submit("console.error('Error: mine'); console.error('more')");
    expect(output).toEqual(['Error: mine', 'more']);
  });

  test("the monitor of a container that is killed for its memory leaves nothing in the runner's folder", async () => {
    const before = readdirSync('.').sort();
    await submit('const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))', { container: { memory: 96 } });
    expect(readdirSync('.').sort()).toEqual(before);
  });

  describe('as the whole program', () => {
    let folder: string;

    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'local-'));
    });

    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    /** Runs a script of Node.js as a job's container. */
    async function local(
      script: string,
      env: NodeJS.ProcessEnv,
      onOutput?: (output: string, end: () => void) => void,
      more: object = {},
    ) {
      const packaging = { type: 'prebuilt-image', properties: { image: IMAGE, command: ['node', '-e', script] } };
      const properties = { container: { packaging }, resources: { cpu: 1, memory: 512, architecture: OWN }, ...more };
      const config = {
        stackName: 'shop',
        region: 'eu-west-1',
        resources: { report: { type: 'batch-job', properties } },
      };
      writeFileSync(join(folder, 'jobs.json'), JSON.stringify(config));
      // Podman is the only engine on this path.
      const child = spawn(process.execPath, ['--import', require.resolve('tsx'), PROGRAM, 'local', 'report'], {
        cwd: folder,
        env: { ...process.env, BATCH_JOBS_CONFIG: 'jobs.json', DOCKER_HOST: 'unix:///no/such', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
        stdout += chunk;
        // To the whole group, as a terminal does it.
        onOutput?.(stdout, () => process.kill(-(child.pid as number), 'SIGINT'));
      });
      child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
      const code = await new Promise((resolve) => child.once('close', resolve));
      return { code, stdout, stderr };
    }

    test('shows control characters, and keeps colours', async () => {
      const script = String.raw`console.log('\x1b[31mred\x1b[0m \x1b[2J \x1b]0;title\x07 end')`;
      const coloured = await local(script, { FORCE_COLOR: '1', NO_COLOR: undefined });
      expect(coloured.stderr).toBe('');
      expect(coloured.stdout).toContain(' \u001b[31mred\u001b[0m ^[[2J ^[]0;title^G end');
      expect(coloured.code).toBe(0);
    });

    test('only the child that Linux killed for memory runs again, with more', async () => {
      // In the second attempt it is the only child, and no array.
      const script = `
        const kept = [];
        if (process.env.AWS_BATCH_JOB_ARRAY_INDEX !== '1')
          for (let size = 0; size < 150; size += 10) kept.push(Buffer.alloc(1e7, 1));
        console.log('had room in attempt', process.env.STP_CURRENT_ATTEMPT, 'of', kept.length)`;
      const more = {
        forEach: { count: 2 },
        resources: { cpu: 1, memory: 96, architecture: OWN },
        retryConfig: { attempts: 2, onOutOfMemory: { memoryMultiplier: 4, maxMemory: 1024 } },
      };
      const { code, stdout, stderr } = await local(script, { NO_COLOR: '1' }, undefined, more);
      expect([code, stderr]).toEqual([0, '']);
      expect(stdout.match(/had room in attempt \d of \d+/g)).toEqual([
        'had room in attempt 1 of 0',
        'had room in attempt 2 of 15',
      ]);
    });

    test('a full disk is one line with the way out', async () => {
      const disk = join(folder, 'disk');
      mkdirSync(disk);
      expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status).toBe(0);
      try {
        spawnSync('dd', ['if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=4k']);
        const { code, stdout, stderr } = await local('', { NO_COLOR: '1', TMPDIR: disk });
        expect(stderr).toMatch(
          /^podman cannot run containers here: the disk is full \(.*\)\. Free some space .*, or set TMPDIR to another disk\.\n$/,
        );
        expect([code, stdout]).toEqual([2, '']);
      } finally {
        spawnSync('umount', [disk]);
      }
    });

    test('Ctrl-C leaves no container, client or folder behind', async () => {
      const temporary = mkdtempSync(join(folder, 'tmp-'));
      let running = '';
      let isSent = false;
      const script =
        "for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {}); console.log('up'); setInterval(() => {}, 1000)";
      const { code } = await local(script, { NO_COLOR: '1', TMPDIR: temporary }, (output, end) => {
        if (isSent || !output.includes('| up')) return;
        isSent = true;
        void storage.podman('ps', '--format', '{{.Names}}').then((names) => {
          running = names;
          end();
        });
      });
      expect(running).toMatch(/^batch-jobs-local-\S+\n$/);
      expect(code).toBe(130);
      expect(await storage.podman('ps', '--all', '--quiet')).toBe('');
      expect(processesOf('podman', 'start')).toEqual([]);
      expect(readdirSync(temporary).filter((name) => name.startsWith('batch-jobs'))).toEqual([]);
    });
  });
});
