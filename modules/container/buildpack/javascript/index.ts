import { resolve } from 'node:path';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { pathProblem } from '../../source-files';
import { includedFiles } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { isNative, nodeProject } from '../node-packages';
import { repositoryFolder } from '../repository';
import { bundle } from './bundle';
import { compilerOf } from './bundler';
import { javascriptImage } from './image';
import { nodeVersion } from './node-version';
import { packageProblems } from './packages';

/** JavaScript and TypeScript: one bundled file, and beside it only packages that cannot be in it. */
export function javascript(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const { languageSpecificConfig: settings = {} } = properties;
  const included = includedFiles(properties, baseDir);
  const node = nodeVersion(source, repositoryFolder(source));
  const problems = [...settingsProblems(source), ...('problems' in node ? node.problems : []), ...included.problems];
  if ('problems' in node || problems.length > 0) return { problems };

  const installed = settings.dependenciesToExcludeFromBundle ?? [];
  const left = [
    ...(properties.excludeDependencies ?? []),
    ...(settings.dependenciesToExcludeFromDeploymentPackage ?? []),
  ];
  const first = bundle(source, [...installed, ...left], node.version);
  if ('problems' in first) return first;
  const native = [...first.packages].filter(([, folder]) => isNative(folder)).map(([name]) => name);
  const final = native.length === 0 ? first : bundle(source, [...installed, ...left, ...native], node.version);
  if ('problems' in final) return final;

  const wanted = [...new Set([...installed, ...native])].sort();
  const project = wanted.length === 0 ? undefined : nodeProject(source.entry);
  const missing = packageProblems(wanted, installed, project);
  if (missing.length > 0) return { problems: missing };
  return { context: javascriptImage(source, [...included.files, ...final.files], project, node.version) };
}

function settingsProblems({ properties, baseDir, entry }: BuildpackSource): PackagingProblem[] {
  const { tsConfigPath, emitTsDecoratorMetadata } = properties.languageSpecificConfig ?? {};
  const problem = tsConfigPath && pathProblem(tsConfigPath, resolve(baseDir, tsConfigPath), 'file');
  const noCompiler = emitTsDecoratorMetadata && compilerOf(entry) === undefined;
  const metadata = {
    found: 'true, and no typescript at or above the entry file',
    accepted: 'true where the project has its compiler installed: the bundler itself keeps no types',
    fix: 'install typescript where the file lies, or remove it',
  };
  return [
    ...(problem ? [languageProblem('tsConfigPath', problem)] : []),
    ...(noCompiler ? [languageProblem('emitTsDecoratorMetadata', metadata)] : []),
  ];
}
