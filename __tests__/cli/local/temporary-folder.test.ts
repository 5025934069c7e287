import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createTemporaryFolder } from '../../../cli/local/temporary-folder';

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);

it('lies in the temporary folder by default, or elsewhere, and is private', () => {
  const folder = createTemporaryFolder([]);
  expect(dirname(folder.path)).toBe(tmpdir());
  expect(basename(folder.path)).toMatch(/^batch-jobs-local-/);
  expect(mode(folder.path)).toBe('700');
  const inner = createTemporaryFolder([], folder.path);
  expect(dirname(inner.path)).toBe(folder.path);
  inner.dispose();
  expect(existsSync(folder.path)).toBe(true);
  folder.dispose();
  expect(existsSync(folder.path)).toBe(false);
});

it('has its files, in folders that all users can read', () => {
  const other = mkdtempSync(join(tmpdir(), 'source-'));
  writeFileSync(join(other, 'a'), 'from a file', { mode: 0o600 });
  const umask = process.umask(0o077);
  const { path, dispose } = createTemporaryFolder([
    { path: 'a.txt', kind: 'file', content: Buffer.from('text') },
    { path: 'bin/run', kind: 'executable', content: Buffer.from('program') },
    { path: 'other/deep/b', kind: 'file', content: { file: join(other, 'a'), size: 11 } },
    { path: 'bin/link', kind: 'link', content: Buffer.from('../a.txt') },
  ]);
  process.umask(umask);
  expect(readFileSync(join(path, 'a.txt'), 'utf8')).toBe('text');
  expect(readFileSync(join(path, 'bin/run'), 'utf8')).toBe('program');
  expect(readFileSync(join(path, 'other/deep/b'), 'utf8')).toBe('from a file');
  expect(readlinkSync(join(path, 'bin/link'))).toBe('../a.txt');
  const modes = ['a.txt', 'bin', 'bin/run', 'other', 'other/deep', 'other/deep/b'].map((name) =>
    mode(join(path, name)),
  );
  expect(modes).toEqual(['644', '755', '755', '755', '755', '644']);
  dispose();
  rmSync(other, { recursive: true });
});

it('goes with what a job made read-only, and only once', () => {
  const { path, dispose } = createTemporaryFolder([]);
  mkdirSync(join(path, 'cache/inner'), { recursive: true });
  writeFileSync(join(path, 'cache/inner/a'), '');
  for (const folder of ['cache/inner', 'cache']) chmodSync(join(path, folder), 0o555);
  dispose();
  expect(existsSync(path)).toBe(false);
  mkdirSync(path);
  dispose();
  expect(existsSync(path)).toBe(true);
  rmSync(path, { recursive: true });
});
