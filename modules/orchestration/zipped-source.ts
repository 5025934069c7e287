import { posix } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import type { Construct } from 'constructs';
import { StackFile } from '../terraform/stack-file';
import { BUNDLE_FILE } from './bundled-program';

/**
 * A function's source as one file in the stack's directory. Terraform zips it there, so plan and apply can run on different machines that
 * share the directory.
 *
 * @param zip name of the zip, in the same folder as the file
 * @param name name of the file
 */
export function createZippedSource(scope: Construct, source: string, zip: string, name = BUNDLE_FILE): DataArchiveFile {
  const { path } = new StackFile(scope, 'Bundle', { name, content: () => source });
  return new DataArchiveFile(scope, 'Archive', {
    type: 'zip',
    sourceFile: path,
    outputPath: posix.join(posix.dirname(path), zip),
    // Explicit, because the file's own mode differs between machines and would change the hash.
    outputFileMode: '0644',
  });
}

/**
 * What is in the stack's directory as a zip in the same folder, `function.zip`: a folder's files, or one file.
 *
 * @param content its path, relative to the stack's directory
 */
export function createZippedFolder(
  scope: Construct,
  content: { readonly sourceDir: string } | { readonly sourceFile: string },
): DataArchiveFile {
  const path = 'sourceDir' in content ? content.sourceDir : content.sourceFile;
  return new DataArchiveFile(scope, 'Archive', {
    type: 'zip',
    ...content,
    outputPath: posix.join(posix.dirname(path), 'function.zip'),
    // Explicit, because the files' own modes differ between machines and would change the hash. Programs must be executable.
    outputFileMode: '0755',
  });
}
