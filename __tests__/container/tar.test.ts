import { execFileSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fileEntry } from '../../modules/container/source-files';
import { bytes, type TarEntry, tar } from '../../modules/container/tar';
import { folder, removeFolders } from './folder';

afterEach(removeFolders);

/** What the machine's own tar makes of an archive. */
function extracted(entries: readonly TarEntry[]): TarEntry[] {
  const dir = mkdtempSync(join(tmpdir(), 'tar-'));
  try {
    writeFileSync(join(dir, 'a.tar'), Buffer.concat([...tar(entries)]));
    execFileSync('tar', ['-xf', join(dir, 'a.tar'), '-C', dir, '--no-same-owner']);
    return entries.map(({ path }) => {
      const stats = lstatSync(join(dir, path));
      if (stats.isSymbolicLink()) return { path, kind: 'link', content: Buffer.from(readlinkSync(join(dir, path))) };
      const kind = stats.mode & 0o100 ? 'executable' : 'file';
      return { path, kind, content: readFileSync(join(dir, path)) };
    });
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const name = fc.stringMatching(/^[a-zA-Z0-9 é漢._-]{1,60}$/).filter((text) => !/^\.+$/.test(text) && text !== 'a.tar');
const entry = fc.record({
  path: fc.array(name, { minLength: 1, maxLength: 5 }).map((parts) => parts.map((part) => `d${part}`).join('/')),
  kind: fc.constantFrom('file' as const, 'executable' as const),
  content: fc.uint8Array({ maxLength: 1500 }).map((bytes) => Buffer.from(bytes)),
});

describe('tar', () => {
  it('is read back by tar as it was, with any names, modes and bytes', () => {
    fc.assert(
      fc.property(entry, (one) => {
        expect(extracted([one])).toEqual([one]);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps links, long ones too', () => {
    const entries: TarEntry[] = [
      { path: 'short', kind: 'link', content: Buffer.from('a/b') },
      { path: 'ü', kind: 'link', content: Buffer.from('x'.repeat(180)) },
    ];
    expect(extracted(entries)).toEqual(entries);
  });

  it('takes the bytes of files from where they are', () => {
    const root = folder({ one: 'x'.repeat(3_000_000), empty: '' });
    const entries = ['one', 'empty'].map((name) => fileEntry(join(root, name), name));
    expect(entries.map(({ content }) => content)).toEqual([
      { file: join(root, 'one'), size: 3_000_000 },
      { file: join(root, 'empty'), size: 0 },
    ]);
    const held = entries.map((entry) => ({ ...entry, content: bytes(entry.content) }));
    expect(Buffer.concat([...tar(entries)]).equals(Buffer.concat([...tar(held)]))).toBe(true);
    expect(Math.max(...[...tar(entries)].map(({ length }) => length))).toBeLessThan(2_000_000);
  });

  it.each([
    ['grown', 'longer than it was'],
    ['shrunk', ''],
  ])('refuses a file that has %s meanwhile', (_, text) => {
    const root = folder({ log: 'a line' });
    const entry = fileEntry(join(root, 'log'), 'log');
    writeFileSync(join(root, 'log'), text);
    expect(() => [...tar([entry])]).toThrow(
      new RegExp(`Found a file that changed while it was read\\.[^]*\\n {4}${join(root, 'log')}$`),
    );
  });

  it('refuses a file that is gone, with its path and without a stack trace', () => {
    const root = folder({ log: 'a line' });
    const entry = fileEntry(join(root, 'log'), 'log');
    rmSync(join(root, 'log'));
    expect(() => [...tar([entry])]).toThrow(
      new RegExp(
        `^build context: 1 problem\\n\\n 1 {2}Found a file that cannot be read: it is gone\\.[^]*\\n {4}${join(root, 'log')}$`,
      ),
    );
  });

  it('ends in two empty blocks', () => {
    expect([...tar([])]).toEqual([Buffer.alloc(1024)]);
  });
});
