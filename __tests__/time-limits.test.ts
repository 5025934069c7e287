import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A limit of a test or a hook, in milliseconds, as the formatter sets it. */
const LIMITS = /^\s*\}, (\d[\d_]{3,})\);$|^\s*\},\n\s*(\d[\d_]{3,}),\n\s*\);$|\bjest\.setTimeout\(([\d_]+)\)/gm;
const LEAST = 120_000;

const files = readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter(
  (path) => path.endsWith('.test.ts') && !path.startsWith('fixtures'),
);

const limitsIn = (text: string) =>
  [...text.matchAll(LIMITS)].map((found) => Number(found.slice(1).find(Boolean)?.replaceAll('_', '')));

test('no test has a limit that a busy machine passes', () => {
  const tight = files.filter((path) =>
    limitsIn(readFileSync(join(__dirname, path), 'utf8')).some((limit) => limit < LEAST),
  );
  expect(tight).toEqual([]);
  expect(files.length).toBeGreaterThan(200);
});

test('a limit is found however it is laid out', () => {
  expect(
    limitsIn(
      "it('a', async () => {\n}, 5_000);\nit(\n  'b',\n  async () => {\n  },\n  60000,\n);\njest.setTimeout(7);\n",
    ),
  ).toEqual([5_000, 60_000, 7]);
});
