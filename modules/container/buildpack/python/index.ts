import { existsSync, statSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { formatFound } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { pathBelow } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { project } from '../project';
import { commonFolder, repositoryFolder } from '../repository';
import { binaryProblems } from './binaries';
import { declaredElsewhere, elsewhere } from './elsewhere';
import { entryTarget, functionProblems } from './entry';
import { fetchProblems } from './fetched';
import { pythonImage } from './image';
import { foreignModules, importFindings } from './imports';
import { installationOf } from './install';
import { findManifest } from './manifest';
import { pythonVersion } from './python-version';
import { standardModules } from './standard-library';

/** Python: the project's folder, the paths that it refers to, and its packages in a virtual environment. */
export function python(source: BuildpackSource): ContextResult {
  const { properties } = source;
  const settings = properties.languageSpecificConfig ?? {};
  const found = findManifest(source);
  if ('problem' in found) return { problems: [...functionProblems(source), located(found.problem, found.named)] };
  const { manifest } = found;
  const version = pythonVersion(source, manifest);
  if ('finding' in version) {
    const { finding, ofSetting } = version;
    const problem = ofSetting ? languageProblem('pythonVersion', finding) : located(finding, false);
    return { problems: [...functionProblems(source), problem] };
  }
  const named = settings.packageManagerFile !== undefined;
  const target = { version: version.full, architecture: source.architecture };
  const installation = installationOf(manifest, settings, target, source.secrets);
  const beside = installation.beside ?? [];
  const manifests = (installation.manifests ?? []).map(({ path }) => path);
  const gone = beside.filter((path) => !existsSync(path));
  const there = beside.filter((path) => !gone.includes(path));
  const root = commonFolder([
    manifest.folder,
    installation.folder,
    ...there.map((path) => (statSync(path).isDirectory() ? path : dirname(path))),
    ...manifests.map((path) => dirname(path)),
  ]);
  const problems: PackagingProblem[] = [
    ...functionProblems(source),
    ...(installation.problems ?? []).map((problem) => located(problem, named)),
    ...fetchProblems(installation, source).map((problem) => ({ property: ['buildSecrets'], ...problem })),
    ...binaryProblems(installation, source).map((problem) => ({ property: ['requiresGlibcBinaries'], ...problem })),
    ...gone.map((path) => located(missing(source, path), named)),
    ...outside(source, root).map((problem) => located(problem, named)),
  ];
  const parts = sentParts([manifest.folder, ...there], installation.kept ?? []);
  const sent = problems.length > 0 ? { problems } : project(source, root, { leftOut: LEFT_OUT, parts });
  if ('problems' in sent)
    return { problems: [...problems.filter((one) => !sent.problems.includes(one)), ...sent.problems] };
  const folder = pathBelow(root, manifest.folder) ?? '';
  const start = entryTarget(source, sent, folder);
  if (start.problem !== undefined) return { problems: [located(start.problem, false)] };
  const folders = [
    ...(start.own === undefined ? [] : [start.own]),
    ...start.searched,
    ...there.flatMap((path) => [pathBelow(root, path) ?? '', `${pathBelow(root, path)}/src`]),
  ];
  const foreign =
    Number(version.minor) < 3 ? undefined : foreignModules({ files: sent.files, entry: sent.entry, folders });
  const certain = (properties.customDockerBuildCommands ?? []).length === 0;
  const declared = declaredElsewhere(installation.distributions, manifest);
  const { problems: unmet, notes } = importFindings(foreign ?? [], standardModules(version.minor), declared, (module) =>
    elsewhere(manifest.folder, module),
  );
  if (certain && unmet.length > 0)
    return { problems: unmet.map((problem) => located(problem, named && manifest.kind !== 'none')) };
  const { files } = sent;
  const image = pythonImage({ source, version: version.minor, installation, root, folder, target: start, files });
  return {
    context: {
      ...image,
      notes: [
        ...sent.notes,
        ...[...found.notes, ...(certain ? notes : [])].map((message) => ({ property: ['entryfilePath'], message })),
      ],
    },
  };
}

/** Files that Python tools generate, in addition to those that no language needs. */
const LEFT_OUT = ['**/*.egg-info', '**/__pypackages__', '**/.pdm-build'];

/** The folders and files to send, without folders inside another one. */
function sentParts(folders: readonly string[], files: readonly string[]): string[] {
  const unique = [...new Set(folders)];
  const outer = unique.filter((path) => !unique.some((one) => one !== path && pathBelow(one, path) !== undefined));
  return [...outer, ...files];
}

function missing({ baseDir }: BuildpackSource, path: string): Finding {
  return {
    found: `a package in ${formatFound(relative(baseDir, path))}, which the lockfile or the manifest names: no such folder`,
    accepted: 'paths of existing folders',
    fix: 'correct the path, and update the lockfile',
  };
}

function outside(source: BuildpackSource, root: string): Finding[] {
  const highest = repositoryFolder(source);
  if (pathBelow(highest, root) !== undefined) return [];
  return [
    {
      found: `a package in a folder outside of ${formatFound(highest.split(/[\\/]/).at(-1))}, which nothing is sent from`,
      accepted: 'packages in folders of the same repository',
      fix: 'move the folder into the repository, publish the package, or write a Dockerfile and use custom-dockerfile',
    },
  ];
}

/** A problem of the manifest, at the property that sets it if there is one. */
function located(finding: Finding, named: boolean): PackagingProblem {
  return named ? languageProblem('packageManagerFile', finding) : { property: ['entryfilePath'], ...finding };
}
