import { join } from 'node:path';
import { App } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * Paths excluded from every build context because they change with each deployment: the config file and the files that synthesis writes.
 */
export function ownFiles(scope: Construct, configFile?: string): string[] {
  const { outdir } = App.of(scope);
  return [...(configFile === undefined ? [] : [configFile]), join(outdir, 'stacks'), join(outdir, 'manifest.json')];
}
