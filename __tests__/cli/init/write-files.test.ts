import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFiles } from '../../../cli/init/write-files';

const root = mkdtempSync(join(tmpdir(), 'write-files-'));
afterAll(() => rmSync(root, { recursive: true }));

it('files are written into folders that are made, and added to where they are', () => {
  writeFileSync(join(root, 'here'), 'one\n');
  writeFiles(root, [
    { path: 'new/folder/file', text: 'new' },
    { path: 'here', text: 'one\ntwo\n', added: 'two' },
  ]);
  expect(readFileSync(join(root, 'new/folder/file'), 'utf8')).toBe('new');
  expect(readFileSync(join(root, 'here'), 'utf8')).toBe('one\ntwo\n');
});

it('if one cannot be written, all is as it was before', () => {
  const folder = mkdtempSync(join(root, 'undone-'));
  writeFileSync(join(folder, 'here'), 'one\n');
  expect(() =>
    writeFiles(folder, [
      { path: 'a/b/file', text: 'new' },
      { path: 'here', text: 'one\ntwo\n', added: 'two' },
      { path: 'taken', text: 'a file' },
      { path: 'taken/below', text: 'which no file has below it' },
    ]),
  ).toThrow(/^E.*\. Nothing was written\.$/);
  expect(readdirSync(folder)).toEqual(['here']);
  expect(readFileSync(join(folder, 'here'), 'utf8')).toBe('one\n');
});

it('a file that appeared meanwhile is neither overwritten nor removed', () => {
  const folder = mkdtempSync(join(root, 'appeared-'));
  writeFileSync(join(folder, 'main.ts'), 'mine');
  expect(() =>
    writeFiles(folder, [
      { path: 'first', text: 'x' },
      { path: 'main.ts', text: 'x' },
    ]),
  ).toThrow(/EEXIST/);
  expect(readFileSync(join(folder, 'main.ts'), 'utf8')).toBe('mine');
  expect(existsSync(join(folder, 'first'))).toBe(false);
});
