import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Changes, watchChanges } from '../../../cli/watch/changes';

let folder: string;
let changes: Changes | undefined;
let told: string[][];
let next: () => void;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'changes-')));
  const folders = ['src', 'node_modules/x', 'cdktf.out/stacks', '.batch-jobs/shop'];
  for (const path of folders) mkdirSync(join(folder, path), { recursive: true });
  told = [];
  next = () => {};
  changes = await watchChanges(folder, join(folder, 'cdktf.out'), (paths) => {
    told.push([...paths]);
    next();
  });
});

afterEach(async () => {
  await changes?.close();
  rmSync(folder, { recursive: true, force: true });
});

const write = (path: string, text = path) => writeFileSync(join(folder, path), text);
const heard = () =>
  new Promise<void>((resolve) => {
    next = resolve;
  });

it('tells of files at any depth, hidden ones too, and of none that a program makes', async () => {
  const first = heard();
  write('node_modules/x/index.js');
  write('cdktf.out/stacks/cdk.tf.json');
  write('.batch-jobs/shop/log.tsv');
  write('terraform.reports.tfstate');
  write('jobs.yml~');
  write('src/job.ts');
  write('.env');
  await first;
  while (told.flat().length < 2) await heard();
  expect(told.flat().sort()).toEqual(['.env', 'src/job.ts']);
});

it('tells of each change of a file that is empty while it is written', async () => {
  write('src/job.ts', 'first');
  while (!told.flat().includes('src/job.ts')) await heard();
  for (const text of ['second', 'third', 'fourth']) {
    told = [];
    const one = heard();
    // As a busy machine writes it: what was there is gone before what comes is there.
    write('src/job.ts', '');
    await delay(15);
    write('src/job.ts', text);
    await one;
    expect(told).toEqual([['src/job.ts']]);
  }
});

it('tells nothing of a file that is saved as it was', async () => {
  const one = heard();
  write('src/job.ts', 'same');
  await one;
  write('src/job.ts', 'same');
  await delay(300);
  expect(told).toEqual([['src/job.ts']]);
});

it('tells of many changes at once', async () => {
  const first = heard();
  for (let file = 0; file < 200; file += 1) write(`src/${file}.ts`);
  await first;
  while (told.flat().length < 200) await heard();
  expect(new Set(told.flat()).size).toBe(200);
  expect(told.length).toBeLessThan(20);
});

it('watches a file outside of the folder when it is told to', async () => {
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'outside-')));
  try {
    const file = join(outside, 'shared.ts');
    writeFileSync(file, 'one');
    changes?.add([file]);
    const first = heard();
    // Until the watcher has found the file, nothing that happens to it is seen.
    for (let text = 0; told.length === 0; text += 1) {
      writeFileSync(file, `${text}`);
      await Promise.race([first, new Promise((resolve) => setTimeout(resolve, 200))]);
    }
    expect(told[0]?.[0]).toMatch(/outside-\w+\/shared\.ts$/);
  } finally {
    rmSync(outside, { recursive: true });
  }
});
