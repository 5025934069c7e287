import { resolve } from 'node:path';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { pathProblem } from '../../source-files';
import { includedFiles, pathBelow } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { includableNote } from '../project';
import { repositoryFolder } from '../repository';
import { isCode } from './assets';
import { type Bundle, type BundleRequest, bundle, type UnbundledPackage } from './bundle';
import { javascriptImage } from './image';
import { namedFiles } from './named-files';
import { nodeVersion } from './node-version';
import type { Installation } from './packages/installation';
import type { KeptPackages } from './packages/kept-packages';
import { appRoot } from './root';

/** JavaScript and TypeScript: one bundled file for each program. Only packages that can't be bundled are installed next to it. */
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
  const request = {
    source,
    root,
    node: node.version,
    keptOut: new Map(configured.map((name) => [name, 'it is listed in dependenciesToExcludeFromBundle'])),
    left: [...(properties.excludeDependencies ?? []), ...(settings.dependenciesToExcludeFromDeploymentPackage ?? [])],
    codeBeside: files.some(({ path }) => isCode(path) || path.endsWith('.node')),
  };
  const made = bundleAndPackages(request);
  if ('problems' in made) return made;
  const named = namedFiles(made.named, root, files);
  const context = javascriptImage(source, made, [...files, ...named.files], made.installation, node.version);
  return { context: { ...context, notes: [...made.notes, ...named.notes, ...includableNote(included.secrets)] } };
}

/** The bundle and the packages to install. Made in rounds, since a package might have to stay out because of one that it imports. */
function bundleAndPackages(
  request: BundleRequest,
): (Bundle & { readonly installation: Installation | undefined }) | { readonly problems: readonly PackagingProblem[] } {
  let next = request;
  for (;;) {
    const made = bundle(next);
    if ('problems' in made) return made;
    const packages = packagesOf(request, made.kept);
    if ('problems' in packages) return packages;
    if ('installation' in packages) return { ...made, ...packages };
    const { keptOut, absent } = made.learned;
    next = { ...request, absent, keptOut: new Map([...keptOut, ...packages.keepOut]) };
  }
}

/** Loads what reads lockfiles only if needed: most bundles contain all their packages. */
function packagesOf({ source, root }: BundleRequest, kept: readonly UnbundledPackage[]): KeptPackages {
  if (kept.length === 0) return { installation: undefined };
  const { keptPackages } = require('./packages/kept-packages') as typeof import('./packages/kept-packages');
  return keptPackages(source, root, kept);
}
