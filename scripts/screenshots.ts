import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { takeAwsPictures } from './screenshots/aws';
import { takeFunctionPictures } from './screenshots/functions';
import { takeLocalPictures } from './screenshots/local';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'docs', 'console');

/** All pictures together, in bytes: they are in the repository. */
const LARGEST = 1_000_000;

/**
 * Makes the pictures of the documentation: the console's page with real runs, in a browser. Needs what the end-to-end tests need. The
 * argument `local`, `functions` or `aws` makes only those.
 */
async function main(): Promise<void> {
  const wanted = process.argv[2];
  const all = { local: takeLocalPictures, functions: takeFunctionPictures, aws: takeAwsPictures };
  for (const [place, take] of Object.entries(all)) {
    if (wanted !== undefined && wanted !== place) continue;
    for (const { name, webp } of await take()) writeFileSync(join(FOLDER, `${name}.webp`), webp);
  }
  let bytes = 0;
  for (const file of readdirSync(FOLDER)) {
    const { size } = statSync(join(FOLDER, file));
    bytes += size;
    console.log(`${relative(ROOT, join(FOLDER, file))}  ${Math.ceil(size / 1024)} KB`);
  }
  if (bytes > LARGEST) throw new Error(`The pictures have ${bytes} bytes, more than ${LARGEST}.`);
}

if (require.main === module) void main();
