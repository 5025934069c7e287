import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith, refused } from './new-project';

describe('nothing is written', () => {
  it('if the folder is a file, or below one', async () => {
    const path = folderWith({ file: '' });
    expect(await refused(path, 'file')).toBe(
      `${join(path, 'file')} is a file, not a folder. Choose another folder. Nothing was written.`,
    );
    expect(await refused(path, 'file/below')).toMatch(/file is a file, not a folder\./);
  });

  it('if a folder would have to be where a file is', async () => {
    const path = folderWith({ jobs: '' });
    expect(await refused(path)).toBe(
      `${join(path, 'jobs')} is a file, not a folder. Choose another folder. Nothing was written.`,
    );
  });

  it.each(['package.json', 'cdktf.json', '.gitignore'])('if %s is a folder', async (name) => {
    expect(await refused(folderWith({ [`${name}/file`]: '' }))).toMatch(
      new RegExp(`${name.replace('.', '\\.')} is not a file\\. Choose another folder\\. Nothing was written\\.$`),
    );
  });

  it.each([
    [['--name', '1st'], /"1st" is not a stack name\./],
    [['--language', 'ruby'], /"ruby" .*Accepted: typescript, python\./],
    [['--config-format', 'json'], /"json" .*Accepted: typescript, yaml\./],
    [['one', 'two'], /too many arguments/i],
    [['--nam', 'x'], /Did you mean --name\?/],
  ])('if %j is not understood', async (words, expected) => {
    expect(await refused(folderWith(), ...words)).toMatch(expected);
  });

  it('in this package itself, whose config is the example', async () => {
    const path = folderWith({ 'package.json': '{ "name": "cdktf-batch-jobs" }' });
    expect(await refused(path)).toMatch(/^This folder is cdktf-batch-jobs itself/);
  });

  // The superuser may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('if the folder cannot be written to', async () => {
    const path = folderWith();
    chmodSync(path, 0o555);
    expect(await refused(path)).toMatch(/cannot be written to: you have no permission to\./);
  });
});
