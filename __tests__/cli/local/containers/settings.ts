import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { submit } from './submitted';

/** What a container has of its definition and of this machine. */
export function containerSettings(): void {
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
}
