import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PodmanStorage } from '../../../e2e/engines/podman-storage';
import { OWN } from '../whole-program';
import { clients, IMAGE } from './submitted';

const PROGRAM = join(__dirname, '..', '..', '..', '..', 'cli', 'batch-jobs.ts');

/** What the command shows of a container, and what it leaves. */
export function wholeProgram(storage: () => PodmanStorage): void {
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
        void storage()
          .podman('ps', '--format', '{{.Names}}')
          .then((names) => {
            running = names;
            end();
          });
      });
      expect(running).toMatch(/^batch-jobs-local-\S+\n$/);
      expect(code).toBe(130);
      expect(await storage().podman('ps', '--all', '--quiet')).toBe('');
      expect(clients(storage(), 'start')).toEqual([]);
      expect(readdirSync(temporary).filter((name) => name.startsWith('batch-jobs'))).toEqual([]);
    });
  });
}
