import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of this package, and its version. The compiled command is one folder deeper than its source. */
export function packageRoot(): { readonly folder: string; readonly version: string } {
  for (const folder of [join(__dirname, '../..'), join(__dirname, '../../..')]) {
    try {
      const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (name === 'cdktf-batch-jobs') return { folder, version };
    } catch {
      // This folder has no package.json.
    }
  }
  throw new Error(`${__dirname} is not in the package cdktf-batch-jobs`);
}
