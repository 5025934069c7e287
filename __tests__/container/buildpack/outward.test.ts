import { join } from 'node:path';
import { outwardReferences } from '../../../modules/container/buildpack/outward';
import { folder, removeFolders } from '../folder';

afterEach(removeFolders);

/** Sources name others by lines such as `load ../lib/a`. */
const LANGUAGE = {
  ending: '.src',
  named: (text: string) => [...text.matchAll(/^load (.+)$/gm)].map(([, name = '']) => name),
};

/** The references out of `job/`, relative to the root of the files. */
function references(files: { readonly [path: string]: string }, parts = ['job']) {
  const root = folder({ 'job/none.txt': '', ...files });
  const found = outwardReferences(
    parts.map((part) => join(root, part)),
    LANGUAGE,
  );
  return found.map(({ path, from }) => ({ path: path.replace(`${root}/`, ''), from }));
}

it.each([
  ['sources that name nothing', { 'job/a.src': '' }],
  ['what is in the project', { 'job/a.src': 'load b\nload lib/c.src', 'job/b.src': '', 'job/lib/c.src': '' }],
  ['what is not there', { 'job/a.src': 'load ../lib/gone' }],
  ['files of another language', { 'job/a.txt': 'load ../lib/b', 'lib/b.src': '' }],
  [
    'the sources of others',
    { 'job/vendor/a.src': 'load ../../lib/b', 'job/lib/node_modules/a.src': 'load ../../../lib/b', 'lib/b.src': '' },
  ],
  [
    'what synthesis or Git made',
    { 'job/.git/a.src': 'load ../../lib/b', 'job/cdktf.out/a.src': 'load ../../lib/b', 'lib/b.src': '' },
  ],
  ['sources behind a link', { 'job/link': '-> ../lib', 'lib/a.src': 'load ../../more/b', 'more/b.src': '' }],
  ['the folder around the project', { 'job/a.src': 'load ..' }],
])('a project does not refer outward by %s', (_, files) => {
  expect(references(files)).toEqual([]);
});

it.each([
  ['a file, with or without its ending', { 'job/a.src': 'load ../lib/b', 'lib/b.src': '' }, 'lib'],
  ['a file by its whole name', { 'job/a.src': 'load ../lib/b.src', 'lib/b.src': '' }, 'lib'],
  ['a folder', { 'job/a.src': 'load ../lib', 'lib/b.src': '' }, 'lib'],
  ['a folder in another', { 'job/a.src': 'load ../libs/b', 'libs/b/c.src': '', 'libs/d.src': '' }, 'libs/b'],
  ['one file alone, if its folder has the project', { 'job/a.src': 'load ../b', 'b.src': '', 'c.src': '' }, 'b.src'],
])('it refers to %s', (_, files, path) => {
  expect(references(files)).toEqual([{ path, from: 'a.src' }]);
});

it('each folder is named once, by the first source', () => {
  const files = { 'job/b.src': 'load ../lib/c', 'job/a.src': 'load ../lib/d', 'lib/c.src': '', 'lib/d.src': '' };
  expect(references(files)).toEqual([{ path: 'lib', from: 'a.src' }]);
});

it('what is found refers further', () => {
  const files = {
    'job/a.src': 'load ../b',
    'b.src': 'load lib/c',
    'lib/c.src': 'load ../more/d\nload ../job/a',
    'more/d.src': '',
  };
  expect(references(files)).toEqual([
    { path: 'b.src', from: 'a.src' },
    { path: 'lib', from: '../b.src' },
    { path: 'more', from: '../lib/c.src' },
  ]);
});

it('a file that is found and has another ending is not read', () => {
  expect(references({ 'job/a.src': 'load ../b.txt', 'b.txt': 'load lib/c', 'lib/c.src': '' })).toEqual([
    { path: 'b.txt', from: 'a.src' },
  ]);
});

it('what is sent anyway is not found, and its sources are read', () => {
  const files = { 'job/a.src': 'load ../lib/b', 'lib/b.src': 'load ../more/c', 'more/c.src': '' };
  expect(references(files, ['job', 'lib'])).toEqual([{ path: 'more', from: '../lib/b.src' }]);
});
