import type { Construct } from 'constructs';
import type { PackagingProblem } from './container/build-context';
import { type PythonFunctionSource, pythonFunction } from './container/python-function/python-function';
import { chunks } from './container/tar';
import type { FunctionCode } from './orchestration/node-function';
import { createZippedFolder } from './orchestration/zipped-source';
import { StackFolder } from './terraform/stack-file';

/** The project of a Python file and its packages, as a folder in the stack's directory that Terraform zips. Creates its parts directly in the scope. */
export function createPythonCode(
  scope: Construct,
  source: PythonFunctionSource,
): FunctionCode | { readonly problems: readonly PackagingProblem[] } {
  const made = pythonFunction(source);
  if ('problems' in made) return made;
  const files = made.files.map(({ path, content }) => ({ path, content: () => chunks(content) }));
  const { path } = new StackFolder(scope, 'Code', 'code', files);
  const archive = createZippedFolder(scope, { sourceDir: path });
  return { archive, handler: made.handler, runtime: made.runtime };
}
