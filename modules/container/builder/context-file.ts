import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetType, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';
import { type BuildContext, contextArchive } from '../build-context';

let folder: string | undefined;

/** The context's archive as a file in the stack's directory, where the machine finds it that applies. */
export function contextFile(scope: Construct, id: string, context: BuildContext, digest: string): TerraformAsset {
  if (folder === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'batch-jobs-images-'));
    process.once('exit', () => rmSync(made, { recursive: true, force: true }));
    folder = made;
  }
  const path = join(mkdtempSync(join(folder, 'context-')), 'context.tar');
  writeFileSync(path, contextArchive(context));
  // The digest is known already; CDKTF would read the whole file again for one of its own.
  return new TerraformAsset(scope, id, { path, type: AssetType.FILE, assetHash: digest.slice(0, 32) });
}
