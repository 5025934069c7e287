import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { batchJobsConfig } from '../modules/config/config';
import { parse } from '../modules/config/parse';
import { BatchJobsStack } from '../modules/stack';
import { CONFIGS } from './permissions/configs';
import { permissionsPage } from './permissions/page';
import { listedPolicies } from './permissions/policies';

const ROOT = join(__dirname, '..');

/** Where the page is. */
export const PERMISSIONS_PAGE = join(ROOT, 'docs', 'reference', 'permissions.md');

/** The page as the sources make it now. */
export function currentPermissions(): string {
  return permissionsPage(
    new Map(
      CONFIGS.map((config) => {
        const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'permissions'), {
          baseDir: ROOT,
        });
        // With aspects, by which what many parts add to one policy is written.
        return [config.stackName, listedPolicies(Testing.synth(stack))];
      }),
    ),
  );
}

if (require.main === module) writeFileSync(PERMISSIONS_PAGE, currentPermissions());
