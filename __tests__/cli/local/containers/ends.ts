import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engineContainers } from '../../../../cli/local/container-engine';
import { LocalBatch } from '../../../../cli/local/local-batch';
import { interpret } from '../../../../cli/local/state-machine/interpreter';
import { retryPlan } from '../../../../modules/orchestration/retry-plan';
import { stateMachineDocument } from '../../../../modules/orchestration/state-machine-document';
import type { PodmanStorage } from '../../../e2e/engines/podman-storage';
import { until } from '../../../e2e/engines/until';
import { NO_FAULTS, recorded, SPOT_QUEUE } from '../scenarios';
import { clients, containerIn, outputOf, submit } from './submitted';

const TIMED_OUT = 'Job attempt duration exceeded timeout';
const FILLS_MEMORY = 'const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))';
const KILLED_FOR_MEMORY = 'OutOfMemoryError: Container killed due to memory usage';

/** How a container ends, and what is said of it. */
export function containerEnds(storage: () => PodmanStorage): void {
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
    // It writes each word until the next one is wanted: what is written while no client listens may be lost.
    const folder = mkdtempSync(join(tmpdir(), 'local-words-'));
    const script = `
      const { existsSync } = require('node:fs');
      console.log('first');
      setInterval(() => {
        const word = ['end', 'third', 'second'].find((each) => existsSync('/words/' + each));
        if (word === 'end') process.exit(7);
        if (word !== undefined) console.log(word);
      }, 100);`;
    const next = (word: string) => writeFileSync(join(folder, word), '');
    let killed = 0;
    const kill = (...words: string[]) => {
      for (const pid of clients(storage(), ...words)) {
        process.kill(pid, 'SIGKILL');
        killed++;
      }
    };
    try {
      const { detail, output } = await submit(script, {
        container: { mounts: [{ folder, path: '/words', readOnly: true }] },
        meanwhile: async (progressEvents) => {
          const isSaid = (word: string) => until(() => outputOf(progressEvents).includes(word), word);
          await isSaid('first');
          kill('start', '--attach');
          await until(() => clients(storage(), 'attach').length > 0, 'another client');
          next('second');
          await isSaid('second');
          kill('attach');
          next('third');
          await isSaid('third');
          next('end');
        },
      });
      expect(killed).toBe(2);
      expect(detail).toMatchObject({ Status: 'FAILED', Container: { ExitCode: 7 } });
      // Podman adds an empty line at the end of a container that it attaches to again.
      expect([...new Set(output.filter((line) => line !== ''))]).toEqual(['first', 'second', 'third']);
    } finally {
      rmSync(folder, { recursive: true });
    }
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
        await until(() => outputOf(progressEvents).includes('up'), 'a container that is up');
        await storage().podman('kill', '--signal', 'KILL', (await storage().podman('ps', '--quiet')).trim());
      },
    });
    expect(exit).toMatchObject({ exitCode: 137, hint: expect.stringContaining('memory ran out') });
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
    const own = readFileSync(storage().variables.CONTAINERS_CONF ?? '', 'utf8');
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
      process.env.CONTAINERS_CONF = storage().variables.CONTAINERS_CONF;
      rmSync(join(conf, '..'), { recursive: true });
    }
  });

  test("the monitor of a container that is killed for its memory leaves nothing in the runner's folder", async () => {
    const before = readdirSync('.').sort();
    await submit('const kept = []; for (;;) kept.push(Buffer.alloc(1e7, 1))', { container: { memory: 96 } });
    expect(readdirSync('.').sort()).toEqual(before);
  });

  test("a job's own output is shown, though it begins as Podman's words do", async () => {
    const { output } = await submit("console.error('Error: mine'); console.error('more')");
    expect(output).toEqual(['Error: mine', 'more']);
  });
}
