import { posix } from 'node:path';
import { DataArchiveFile } from '@cdktf/provider-archive/lib/data-archive-file';
import type { Construct } from 'constructs';
import type { PackagingProblem } from './container/build-context';
import { type PythonFunctionSource, pythonFunction } from './container/python-function/python-function';
import { chunks } from './container/tar';
import type { FunctionCode } from './orchestration/node-function';
import { StackFolder } from './terraform/stack-file';

/** The project of a Python file and its packages, as a folder in the stack's directory that Terraform zips. Creates its parts directly in the scope. */
export function pythonCode(
  scope: Construct,
  source: PythonFunctionSource,
): FunctionCode | { readonly problems: readonly PackagingProblem[] } {
  const made = pythonFunction(source);
  if ('problems' in made) return made;
  const files = made.files.map(({ path, content }) => ({ path, content: () => chunks(content) }));
  const { path } = new StackFolder(scope, 'Code', 'code', files);
  const archive = new DataArchiveFile(scope, 'Archive', {
    type: 'zip',
    sourceDir: path,
    outputPath: posix.join(posix.dirname(path), 'function.zip'),
    // Explicit, because the files' own modes differ between machines and would change the hash. Programs must be executable.
    outputFileMode: '0755',
  });
  return { archive, handler: made.handler, runtime: made.runtime };
}
