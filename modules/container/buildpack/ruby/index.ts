import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { copyToApp, env, prepared, run } from '../dockerfile';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { outwardReferences } from '../outward';
import { manifests, projectParts } from '../parts';
import { project } from '../project';
import { repositoryFolder, upward } from '../repository';
import { unsupportedExclusions } from '../settings';
import { startScriptImage } from '../start-script-image';
import { GEMFILES, type Gems, gemsOf, lockProblems } from './gemfile';
import { parseLockfile } from './lockfile';
import { rubyImage } from './version';

/** Gems that are installed on this machine. The image installs its own. */
const INSTALLED_GEMS = ['vendor/bundle', '**/vendor/bundle'];

/** `require_relative '../lib/job'`, `load '../x.rb'`, `File.expand_path('../lib', __dir__)`. */
function named(text: string): string[] {
  const required = text.matchAll(/\b(?:require_relative|load|require)[ (]+['"](\.\.?\/[^'"#]+)['"]/g);
  const joined = text.matchAll(/\bexpand_path[ (]+['"](\.\.\/[^'"#]+)['"]\s*,\s*__dir__/g);
  return [...required, ...joined].map(([, name = '']) => name);
}

/** Ruby: the project's folder, the paths that it refers to, and the gems of its Gemfile. */
export function ruby(source: BuildpackSource): ContextResult {
  const highest = repositoryFolder(source);
  const has = (folder: string) => GEMFILES.find(([gemfile]) => existsSync(join(folder, gemfile)));
  const folder = upward(dirname(source.entry), highest).find(has) ?? dirname(source.entry);
  const [gemfile, lockfile = ''] = has(folder) ?? [];
  const lockPath = join(folder, lockfile);
  const lock =
    gemfile !== undefined && existsSync(lockPath) ? parseLockfile(readFileSync(lockPath, 'utf8')) : undefined;
  const gems: Gems = gemfile === undefined ? { folders: [], files: [] } : gemsOf(folder, gemfile, lock);
  const image = rubyImage(source, folder, highest, gemfile, lock?.ruby);
  const language = { ending: '.rb', named };
  const own = [folder, ...gems.folders.map(({ path }) => path).filter((path) => existsSync(path))];
  const parts = projectParts(folder, [...gems.folders, ...gems.files, ...outwardReferences(own, language)], highest);
  const found = 'parts' in parts ? project(source, parts.root, { parts: parts.parts, leftOut: INSTALLED_GEMS }) : parts;
  const problems: PackagingProblem[] = [
    ...('problems' in image ? image.problems : []),
    ...('problems' in found ? found.problems : []),
    ...(gemfile === undefined || lock === undefined
      ? []
      : lockProblems(source, readFileSync(join(folder, gemfile), 'utf8'), lock)),
    ...unsupportedExclusions(source, 'Ruby', 'a gem in the group development or test is not installed'),
  ];
  if ('problems' in image || 'problems' in found || 'problems' in parts || problems.length > 0) return { problems };

  const workingFolder = pathBelow(parts.root, folder) ?? '';
  const inFolder = workingFolder === '' ? '/app' : `/app/${workingFolder}`;
  const debian = source.distribution === 'debian';
  const entry = pathBelow(folder, source.entry) ?? found.entry;
  const started = { ...found, workingFolder };
  if (gemfile === undefined) {
    return {
      context: startScriptImage(source, started, {
        build: [],
        base: image.image,
        packages: [debian ? 'libyaml-0-2' : 'yaml'],
        copy: [copyToApp('app/')],
        command: ['ruby', entry],
      }),
    };
  }
  // When Bundler evaluates the gemspec of a path gem, it needs all files that the gemspec might read.
  const read = [...gems.folders, ...gems.files, { path: lockPath }].map(({ path }) => pathBelow(parts.root, path));
  const settings = (isFrozen: boolean) => ({
    BUNDLE_PATH: '/gems',
    BUNDLE_WITHOUT: 'development:test',
    BUNDLE_FROZEN: String(isFrozen),
  });
  const context = startScriptImage(source, started, {
    build: [
      `FROM ${image.image} AS build`,
      'WORKDIR /app',
      // Frozen: a gem that is not in the lockfile is an error.
      env(settings(lock !== undefined)),
      ...prepared(source, debian ? ['build-essential', 'git', 'libyaml-dev'] : ['build-base', 'git', 'yaml-dev']),
      'COPY manifests/ ./',
      ...(workingFolder === '' ? [] : [`WORKDIR ${inFolder}`]),
      run(source, 'bundle install'),
    ],
    base: image.image,
    packages: [debian ? 'libyaml-0-2' : 'yaml'],
    variables: settings(true),
    copy: [
      'COPY --from=build /gems /gems',
      copyToApp('app/'),
      ...(lock === undefined ? [copyToApp(`${inFolder}/${lockfile}`, { stage: 'build', to: `${inFolder}/` })] : []),
    ],
    command: ['bundle', 'exec', 'ruby', entry],
    files: manifests(found.files, (path) =>
      read.some((one) => one !== undefined && (one === path || path.startsWith(`${one}/`))),
    ).concat(manifests(found.files, (path) => path.startsWith(`${workingFolder}/vendor/cache/`.replace(/^\//, '')))),
  });
  if (lock !== undefined) return { context };
  const message = `${gemfile} has no ${lockfile}, so each build installs the newest gems that it allows. Run bundle lock, and commit the file`;
  return { context: { ...context, notes: [...(context.notes ?? []), { property: ['entryfilePath'], message }] } };
}
