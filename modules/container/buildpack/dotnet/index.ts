import { readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatFound, foundText, foundValue } from '../../../problems/found';
import { baseImage } from '../../../rules/base-images';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { quoted } from '../../builder/build-specification';
import { pathProblem } from '../../source-files';
import { copyToApp, prepared, run } from '../dockerfile';
import { pathBelow } from '../included-files';
import { type BuildpackSource, languageProblem } from '../language';
import { manifests, projectParts } from '../parts';
import { project } from '../project';
import { repositoryFolder, upward } from '../repository';
import { unsupportedExclusions } from '../settings';
import { startScriptImage } from '../start-script-image';
import { type DotnetProject, readDotnetProject, solutionFolder } from './msbuild';
import { type DotnetVersions, dotnetVersions } from './version';

const isProject = (name: string) => /\.(cs|fs|vb)proj$/.test(name);

/** Files that restoring packages reads. */
const READ_BEFORE =
  /(^|\/)[^/]+\.(csproj|fsproj|vbproj|proj|props|targets|nupkg|rsp)$|(^|\/)(global\.json|nuget\.config|packages\.lock\.json)$/i;

/** Settings of a project that are turned off, because the image's `dotnet` starts the job. */
const PLAIN_OUTPUT = ['UseAppHost', 'SelfContained', 'PublishSingleFile', 'PublishTrimmed', 'PublishAot']
  .map((name) => `-p:${name}=false`)
  .join(' ');

/** .NET: the published output of the entry file's project. */
export function dotnet(source: BuildpackSource): ContextResult {
  const highest = repositoryFolder(source);
  const file = projectFile(source, highest);
  if (typeof file !== 'string') return { problems: [file] };
  const read = readDotnetProject(file, highest);
  if (read === undefined) {
    const found = foundValue(basename(file), ', which is no well-formed XML');
    const fix = 'correct the file: dotnet build shows the place';
    return { problems: [{ property: ['entryfilePath'], found, accepted: 'a project file', fix }] };
  }
  const folder = dirname(file);
  const parts = projectParts(folder, read.references, highest);
  const leftOut = ['**/bin', '**/obj'];
  const found = 'parts' in parts ? project(source, parts.root, { parts: parts.parts, leftOut }) : parts;
  const versions = dotnetVersions(source, read);
  const problems: PackagingProblem[] = [
    ...('problems' in found ? found.problems : []),
    ...('problems' in versions ? versions.problems : []),
    ...kindProblems(read),
    ...unsupportedExclusions(source, '.NET', 'what the project refers to is part of it'),
  ];
  if ('problems' in found || 'problems' in versions || 'problems' in parts || problems.length > 0) return { problems };

  const image = (version: string, use: string) => baseImage('.NET', version, source.distribution, use);
  const name = read.properties.get('assemblyname') ?? basename(file).replace(/\.\w+$/, '');
  const cultures =
    source.distribution === 'alpine' && !/^true$/i.test(read.properties.get('invariantglobalization') ?? '');
  return {
    context: startScriptImage(source, found, {
      build: buildStage(source, read, versions, parts.root, highest, image(versions.sdk, 'sdk')),
      base: image(versions.runtime, read.usesAspNet ? 'web' : 'run'),
      // Microsoft's Alpine images support only the invariant culture, which breaks some database drivers and formats at run time.
      packages: cultures ? ['icu-libs', 'icu-data-full', 'tzdata'] : [],
      variables: {
        ...(cultures && { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: 'false' }),
        ...(versions.rollsForward && { DOTNET_ROLL_FORWARD: 'Major' }),
      },
      builtOnly: true,
      copy: [copyToApp('/out/', { stage: 'build' })],
      command: ['dotnet', `/app/${name}.dll`],
      files: manifests(found.files, (path) => READ_BEFORE.test(path)),
    }),
  };
}

/** The project file in the config, or the only one in the nearest folder that has one. */
function projectFile({ properties, baseDir, entry }: BuildpackSource, highest: string): string | PackagingProblem {
  const named = properties.languageSpecificConfig?.projectFile;
  if (named !== undefined) {
    const given = resolve(baseDir, named);
    const problem = pathProblem(named, given, 'file');
    if (problem !== undefined) return languageProblem('projectFile', problem);
    if (pathBelow(dirname(given), entry) !== undefined) return given;
    const found = 'a file outside of the project that projectFile names';
    const fix = 'move it below that folder';
    return { property: ['entryfilePath'], found, accepted: 'a file of that project', fix };
  }
  const folder = upward(dirname(entry), highest).find((place) => readdirSync(place).some(isProject));
  const names = folder === undefined ? [] : readdirSync(folder).filter(isProject).sort();
  const [name] = names;
  if (folder !== undefined && name !== undefined && names.length === 1) return join(folder, name);
  const found =
    name === undefined ? 'no project file at or above the entry file' : foundText(names.map(formatFound).join(', '));
  const fix = name === undefined ? 'add a .csproj file to the project' : 'set the project file of the job';
  return languageProblem('projectFile', { found, accepted: 'one project file', fix });
}

/** Kinds of projects that don't build a program. */
function kindProblems({ file, properties, packages, sdk }: DotnetProject): PackagingProblem[] {
  const output = properties.get('outputtype')?.toLowerCase() || undefined;
  const isProgram =
    output === undefined ? /\.(Web|Worker)$/i.test(sdk.replace(/\/.*/, '')) : /^(win)?exe$/.test(output);
  const isTest =
    /^true$/i.test(properties.get('istestproject') ?? '') ||
    packages.some((one) => /^Microsoft\.NET\.Test\.Sdk$/i.test(one));
  if (isProgram && !isTest) return [];
  const kind = isTest ? 'a test project' : 'a library: its OutputType is not Exe';
  const finding = {
    found: foundValue(basename(file), `, ${kind}`),
    accepted: 'the project of a program',
    fix: isTest ? 'set the project of the job' : 'add <OutputType>Exe</OutputType>, or set the project of the job',
  };
  return [languageProblem('projectFile', finding)];
}

/** Restores packages from the project files alone, and copies the sources afterwards. */
function buildStage(
  source: BuildpackSource,
  { file, properties, usesSolution, references }: DotnetProject,
  { framework }: DotnetVersions,
  root: string,
  highest: string,
  sdk: string,
): string[] {
  const path = quoted(pathBelow(root, file) ?? basename(file));
  const solution = pathBelow(root, solutionFolder(dirname(file), highest)) ?? '';
  const locked = references.some(({ path: one }) => /packages\.lock\.json$/.test(one)) || hasLock(dirname(file));
  const own = properties.has('runtimeidentifier') || properties.has('runtimeidentifiers');
  const options = [
    ...(usesSolution ? [`-p:SolutionDir=/src/${solution === '' ? '' : `${solution}/`}`] : []),
    // A project for one platform is built for the image's platform.
    ...(own ? [`--runtime ${runtimeIdentifier(source)}`] : []),
    PLAIN_OUTPUT,
  ].join(' ');
  const publish = `--configuration Release --output /out --no-restore${framework === undefined ? '' : ` --framework ${framework}`}`;
  return [
    `FROM ${sdk} AS build`,
    'WORKDIR /src',
    ...prepared(source),
    'COPY manifests/ ./',
    run(source, `dotnet restore ${path}${locked ? ' --locked-mode' : ''} ${options}`),
    'COPY app/ ./',
    run(source, `dotnet publish ${path} ${publish} ${options}`),
  ];
}

function hasLock(folder: string): boolean {
  return readdirSync(folder).includes('packages.lock.json');
}

/** @see https://learn.microsoft.com/en-us/dotnet/core/rid-catalog */
function runtimeIdentifier({ architecture, distribution }: BuildpackSource): string {
  return `linux-${distribution === 'alpine' ? 'musl-' : ''}${architecture === 'arm64' ? 'arm64' : 'x64'}`;
}
