import { join } from 'node:path';
import { shownPath } from '../../modules/problems/shown-path';

const HERE = process.cwd();

it.each<[string, string | undefined, string, string]>([
  ['a file in the working folder', undefined, join(HERE, 'jobs.yml'), 'jobs.yml'],
  ['a file in a folder of it', undefined, join(HERE, 'a/b.yml'), join('a', 'b.yml')],
  ['a file whose name begins with dots', undefined, join(HERE, '..jobs.yml'), '..jobs.yml'],
  ['a file outside', undefined, '/elsewhere/jobs.yml', '/elsewhere/jobs.yml'],
  ['the folder above', undefined, join(HERE, '../jobs.yml'), join(HERE, '../jobs.yml')],
  ['npm called in the same folder', HERE, join(HERE, 'a/b.yml'), join('a', 'b.yml')],
  ['npm called in a folder below', join(HERE, 'a'), join(HERE, 'a/b.yml'), 'b.yml'],
  ['npm called in another folder below', join(HERE, 'c'), join(HERE, 'a/b.yml'), join(HERE, 'a/b.yml')],
  ['npm called elsewhere', '/elsewhere', join(HERE, 'a/b.yml'), join('a', 'b.yml')],
])('%s', (_, called, path, shown) => {
  if (called === undefined) delete process.env.INIT_CWD;
  else process.env.INIT_CWD = called;
  expect(shownPath(path)).toBe(shown);
});
