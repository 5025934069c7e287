import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { promisify } from 'node:util';

describe('synthesis from two folders', () => {
  const root = resolve(__dirname, '..');
  let work: string;

  beforeAll(() => {
    work = mkdtempSync(join(tmpdir(), 'stability-'));
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** Everything in a folder, by path. */
  function read(folder: string, within = folder): [path: string, bytes: string][] {
    return readdirSync(folder)
      .sort()
      .flatMap((name) => {
        const path = join(folder, name);
        return statSync(path).isDirectory()
          ? read(path, within)
          : [[relative(within, path), readFileSync(path, 'latin1')] as [string, string]];
      });
  }

  async function synthesize(checkout: string, folder: string): Promise<[path: string, bytes: string][]> {
    mkdirSync(folder, { recursive: true });
    await promisify(execFile)(
      process.execPath,
      [join(root, 'node_modules/tsx/dist/cli.mjs'), join(checkout, 'main.ts')],
      {
        cwd: folder,
        env: {
          ...process.env,
          BATCH_JOBS_CONFIG: join(checkout, 'batch-jobs.config.ts'),
          TSX_TSCONFIG_PATH: join(checkout, 'tsconfig.json'),
        },
      },
    );
    // The record of the config file's path is not part of the output: here the file is in another folder each time.
    return read(join(folder, 'cdktf.out')).filter(([path]) => basename(path) !== 'synthesized-from.json');
  }

  it('gives the same bytes, assets included, and no absolute path', async () => {
    const copy = join(work, 'another checkout of it');
    for (const part of [
      'modules',
      'triggers',
      'cli',
      'examples',
      'job',
      'jobs',
      'index.ts',
      'main.ts',
      'batch-jobs.config.ts',
      'package.json',
      'tsconfig.json',
    ]) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const [here, there] = await Promise.all([
      synthesize(root, join(work, 'here')),
      synthesize(copy, join(work, 'there/deeper')),
    ]);
    expect(here.map(([path]) => path)).toEqual(
      expect.arrayContaining([
        'manifest.json',
        'stacks/batch-jobs-example/cdk.tf.json',
        expect.stringMatching(/^stacks\/batch-jobs-example\/assets\/.*\/index\.js$/),
      ]),
    );
    expect(there).toEqual(here);
    for (const [path, bytes] of here) {
      for (const folder of [work, root, tmpdir(), process.cwd()])
        expect([path, bytes.includes(`${folder}/`)]).toEqual([path, false]);
    }
  });
});
