import { join } from 'node:path';
import { App } from 'cdktf';
import type { Construct } from 'constructs';

/** Paths of what no image is made of, since it changes with each deployment: the config's file, and what synthesis writes. */
export function ownFiles(scope: Construct, configFile?: string): string[] {
  const { outdir } = App.of(scope);
  return [...(configFile === undefined ? [] : [configFile]), join(outdir, 'stacks'), join(outdir, 'manifest.json')];
}
