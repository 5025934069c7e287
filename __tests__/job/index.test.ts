import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as job from '../../job';

const FOLDER = resolve(__dirname, '../../job');
const SOURCES = readdirSync(FOLDER).filter((name) => name.endsWith('.ts'));

const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8').replace(/\/\*\*.*?\*\//gs, '');

it('exports what its page describes, and no more', () => {
  expect(Object.keys(job).sort()).toEqual([
    'attempt',
    'containerStart',
    'earlierEvent',
    'event',
    'item',
    'itemCount',
    'itemIndex',
    'maximumAttempts',
    'onReclaim',
  ]);
  const types = /export type \{([^}]*)\} from '\.\/event-types'/.exec(text('index.ts'))?.[1] ?? '';
  const declared = [...text('event-types.ts').matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  expect(types.match(/\w+/g)?.sort()).toEqual(declared.sort());
});

it.each(SOURCES)('%s imports nothing but Node.js and its neighbours', (name) => {
  const imported = [...text(name).matchAll(/from '([^']+)'|import\('([^']+)'\)|require\(/g)].map(([, from]) => from);
  expect(imported.filter((from) => !from?.startsWith('node:') && !/^\.\/[\w-]+$/.test(from ?? ''))).toEqual([]);
});

it('batch_job.py imports nothing but the standard library of Python 3.8', () => {
  const imported = [...text('batch_job.py').matchAll(/^\s*(?:from ([\w.]+) import |import ([\w.]+)$)/gm)].map(
    ([, from, whole]) => from ?? whole,
  );
  const known = 'hashlib hmac http.client inspect json os random re signal sys threading time traceback typing';
  expect(
    imported.filter(
      (from) => !`${known} batch_job urllib.parse urllib.error urllib.request`.split(' ').includes(from ?? ''),
    ),
  ).toEqual([]);
});
