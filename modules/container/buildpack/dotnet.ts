import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { formatFound } from '../../config/problem';
import type { ContextResult } from '../build-context';
import { quoted } from '../builder/build-specification';
import { pathProblem } from '../source-files';
import { copyToApp, prepared, run } from './dockerfile';
import { type BuildpackSource, languageProblem } from './language';
import { launched } from './launched';
import { project, projectFolder } from './project';

const DEFAULT_DOTNET = 8;

const isProject = (name: string) => /\.(cs|fs|vb)proj$/.test(name);

/** .NET: the published output of the entry file's project. */
export function dotnet(source: BuildpackSource): ContextResult {
  const { properties, baseDir } = source;
  const { projectFile, dotnetVersion = DEFAULT_DOTNET } = properties.languageSpecificConfig ?? {};
  const given = projectFile && resolve(baseDir, projectFile);
  const problem = given && pathProblem(projectFile, given, 'file');
  if (problem) return { problems: [languageProblem('projectFile', problem)] };
  const folder = given ? dirname(given) : projectFolder(source, isProject);
  const names = given ? [basename(given)] : readdirSync(folder).filter(isProject).sort();
  const [name] = names;
  if (name === undefined || names.length > 1) {
    const found = name === undefined ? 'no project file at or above the entry file' : names.map(formatFound).join(', ');
    const fix = name === undefined ? 'add a .csproj file to the project' : 'name the one that is meant';
    return { problems: [languageProblem('projectFile', { found, accepted: 'one project file', fix })] };
  }
  const found = project(source, folder, { leftOut: ['**/bin', '**/obj'] });
  if ('problems' in found) return found;
  const text = readFileSync(join(folder, name), 'utf8');
  const [, assembly = name.replace(/\.\w+$/, '')] = /<AssemblyName>([^<$]+)<\/AssemblyName>/.exec(text) ?? [];
  const runtime = /Sdk="Microsoft\.NET\.Sdk\.Web"/.test(text) ? 'aspnet' : 'runtime';
  const glibc = properties.requiresGlibcBinaries;
  const variant = glibc ? 'bookworm-slim' : 'alpine';
  return {
    context: launched(source, found, {
      build: [
        `FROM mcr.microsoft.com/dotnet/sdk:${dotnetVersion}.0${glibc ? '-bookworm-slim' : '-alpine'} AS build`,
        'WORKDIR /src',
        ...prepared(source),
        'COPY app/ ./',
        run(source, `dotnet publish ${quoted(name)} --configuration Release --output /out -p:UseAppHost=false`),
      ],
      base: `mcr.microsoft.com/dotnet/${runtime}:${dotnetVersion}.0-${variant}`,
      builtOnly: true,
      copy: [copyToApp('/out/', { stage: 'build' })],
      command: ['dotnet', `/app/${assembly.trim()}.dll`],
    }),
  };
}
