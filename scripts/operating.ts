import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { operatingOutputs } from './operating/outputs';
import { fenced, withPart } from './page-part';

/** The page whose parts are outputs of commands. */
export const OPERATING_PAGE = join(__dirname, '..', 'docs', 'operating.md');

async function main(): Promise<void> {
  let page = readFileSync(OPERATING_PAGE, 'utf8');
  for (const [name, output] of await operatingOutputs()) page = withPart(page, name, fenced(output));
  writeFileSync(OPERATING_PAGE, page);
}

if (require.main === module) void main();
