import { posix } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { AssetType, TerraformAsset } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A file that is copied into the stack's directory at synthesis and zipped there by Terraform, so that plan and apply may run on different
 * machines that share the directory.
 *
 * @param zip name of the zip, beside the copy
 */
export function zippedFile(scope: Construct, path: string, zip: string): DataArchiveFile {
  const asset = new TerraformAsset(scope, 'Bundle', { path, type: AssetType.FILE });
  return new DataArchiveFile(scope, 'Archive', {
    type: 'zip',
    sourceFile: asset.path,
    outputPath: posix.join(posix.dirname(asset.path), zip),
    // Said outright, since the file's own mode differs between machines and would change the hash.
    outputFileMode: '0644',
  });
}
