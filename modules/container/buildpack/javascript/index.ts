import { resolve } from 'node:path';
import type { ContextResult } from '../../build-context';
import { pathProblem } from '../../source-files';
import { includedFiles, pathBelow } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { nodeProject } from '../node-packages';
import { includableNote } from '../project';
import { repositoryFolder } from '../repository';
import { isCode } from './assets';
import { bundle } from './bundle';
import { javascriptImage } from './image';
import { namedFiles } from './named-files';
import { nodeVersion } from './node-version';
import { packageProblems } from './packages';
import { appRoot } from './root';

/** JavaScript and TypeScript: one bundled file for each program, and beside it only packages that cannot be in it. */
export function javascript(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const { languageSpecificConfig: settings = {} } = properties;
  const included = includedFiles(properties, baseDir, source.own);
  const { tsConfigPath } = settings;
  const noConfig = tsConfigPath && pathProblem(tsConfigPath, resolve(baseDir, tsConfigPath), 'file');
  const node = nodeVersion(source, repositoryFolder(source));
  const problems = [
    ...(noConfig ? [languageProblem('tsConfigPath', noConfig)] : []),
    ...('problems' in node ? node.problems : []),
    ...included.problems,
  ];
  if ('problems' in node || problems.length > 0) return { problems };

  const root = appRoot(source);
  const beside = pathBelow(root, baseDir) ?? '';
  const files = included.files.map((file) => ({ ...file, path: beside === '' ? file.path : `${beside}/${file.path}` }));
  const configured = settings.dependenciesToExcludeFromBundle ?? [];
  const made = bundle({
    source,
    root,
    node: node.version,
    keptOut: new Map(configured.map((name) => [name, 'dependenciesToExcludeFromBundle names it'])),
    left: [...(properties.excludeDependencies ?? []), ...(settings.dependenciesToExcludeFromDeploymentPackage ?? [])],
    codeBeside: files.some(({ path }) => isCode(path) || path.endsWith('.node')),
  });
  if ('problems' in made) return made;

  const wanted = [...new Set([...configured, ...made.kept.map(({ name }) => name)])].sort();
  const project = wanted.length === 0 ? undefined : nodeProject(source.entry);
  const missing = packageProblems(wanted, configured, project);
  if (missing.length > 0) return { problems: missing };
  const named = namedFiles(made.named, root, files);
  const context = javascriptImage(source, made, [...files, ...named.files], project, node.version);
  return { context: { ...context, notes: [...made.notes, ...named.notes, ...includableNote(included.secrets)] } };
}
