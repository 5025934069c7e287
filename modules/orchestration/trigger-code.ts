import { posix } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import { AssetType, TerraformAsset } from 'cdktf';
import { Construct } from 'constructs';
import { triggerBundlePath } from './trigger-bundle';

/**
 * The trigger function's code, once for all jobs of a stack: one bundled file, copied into the stack's directory at synthesis and zipped
 * there by Terraform, so that plan and apply may run on different machines that share the directory.
 */
export class TriggerCode extends Construct {
  readonly archive: DataArchiveFile;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const asset = new TerraformAsset(this, 'Bundle', { path: triggerBundlePath(), type: AssetType.FILE });
    this.archive = new DataArchiveFile(this, 'Archive', {
      type: 'zip',
      sourceFile: asset.path,
      outputPath: posix.join(posix.dirname(asset.path), 'trigger.zip'),
      // Said outright, since the file's own mode differs between machines and would change the hash.
      outputFileMode: '0644',
    });
  }
}
