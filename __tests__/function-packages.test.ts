import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { doubtedPackages } from '../modules/function-packages';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'function-packages-'));
  for (const [name, manifest] of Object.entries({ scale: { gypfile: true }, zod: {}, '@prisma/client': {} })) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

it('names the packages with a binary, and those that are known to break, once each', () => {
  const files = ['scale/a.js', 'scale/b.js', 'zod/a.js', '@prisma/client/a.js'];
  const inputs = [join(folder, 'a.ts'), ...files.map((file) => join(folder, 'node_modules', file))];
  expect(doubtedPackages(inputs)).toEqual([
    { name: 'scale', reason: 'it has a binary' },
    { name: '@prisma/client', reason: 'its client and engine are generated for each project' },
  ]);
});

it('has nothing to say about the code of the project', () => {
  expect(doubtedPackages([join(folder, 'a.ts')])).toEqual([]);
});
