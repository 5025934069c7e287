import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Testing } from 'cdktf';
import { parse } from '../modules/config/parse';
import { BatchJobsStack } from '../modules/stack';
import { batchJobsConfig } from '../modules/stack-config/config';
import { CONFIGS } from './permissions/configs';
import { permissionsPages } from './permissions/page';
import { listedPolicies } from './permissions/policies';

const ROOT = join(__dirname, '..');

/** The pages that the sources create, by their paths in the project's folder. */
export function currentPermissions(): Map<string, string> {
  return permissionsPages(
    new Map(
      CONFIGS.map((config) => {
        const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'permissions'), {
          baseDir: ROOT,
        });
        // With aspects, which write the policies that several parts contribute to.
        return [config.stackName, listedPolicies(Testing.synth(stack))];
      }),
    ),
  );
}

function main(): void {
  for (const [page, text] of currentPermissions()) {
    mkdirSync(dirname(join(ROOT, page)), { recursive: true });
    writeFileSync(join(ROOT, page), text);
  }
}

if (require.main === module) main();
