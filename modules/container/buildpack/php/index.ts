import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { globSync } from 'tinyglobby';
import { baseImage, toolImage } from '../../../rules/base-images';
import type { ContextResult, PackagingProblem } from '../../build-context';
import { textEntry } from '../../source-files';
import { copyToApp, env, prepared, run } from '../dockerfile';
import { pathBelow } from '../included-files';
import type { BuildpackSource } from '../language';
import { outwardReferences } from '../outward';
import { manifests, projectParts } from '../parts';
import { project } from '../project';
import { repositoryFolder, upward } from '../repository';
import { unsupportedExclusions } from '../settings';
import { startScriptImage } from '../start-script-image';
import {
  autoloadedPaths,
  type ComposerProject,
  lockProblems,
  object,
  pathPackages,
  pluginFiles,
  readComposer,
  strings,
} from './composer';
import { extensionLines, extensionProblems } from './extensions';
import { phpVersion } from './version';

/** An extra settings file for PHP: a job can use all memory of its container. */
const SETTINGS = { PHP_INI_SCAN_DIR: ':/opt/stp/php' };
const SETTINGS_FILE = textEntry('php/job.ini', 'memory_limit = -1\n');

/** `require __DIR__ . '/../lib/job.php'`, `include_once '../x.php'`, `require dirname(__DIR__) . '/x.php'`. */
function named(text: string): string[] {
  const start = String.raw`\b(?:require|include)(?:_once)?[\s(]+`;
  const here = text.matchAll(
    new RegExp(`${start}(?:__DIR__|dirname\\(__FILE__\\))\\s*\\.\\s*['"]/?([^'"$]+)['"]`, 'g'),
  );
  const above = text.matchAll(
    new RegExp(`${start}dirname\\(__DIR__(?:,\\s*(\\d))?\\)\\s*\\.\\s*['"]/?([^'"$]+)['"]`, 'g'),
  );
  const plain = text.matchAll(new RegExp(`${start}['"](\\.\\.?/[^'"$]+)['"]`, 'g'));
  return [
    ...[...here, ...plain].map(([, name = '']) => name),
    ...[...above].map(([, levels = '1', name = '']) => `${'../'.repeat(Number(levels))}${name}`),
  ];
}

/** PHP: the project's folder, the paths that it refers to, and the packages of its composer.json. */
export function php(source: BuildpackSource): ContextResult {
  const highest = repositoryFolder(source);
  const has = (folder: string) => existsSync(join(folder, 'composer.json'));
  const folder = upward(dirname(source.entry), highest).find(has) ?? dirname(source.entry);
  const composer = has(folder) ? readComposer(folder) : undefined;
  if (composer !== undefined && 'problems' in composer) return composer;
  const beside = composer === undefined ? [] : pathPackages(folder, composer);
  const loaded = composer === undefined ? [] : autoloadedPaths(folder, composer);
  const own = [folder, ...beside.map(({ path }) => path).filter((path) => existsSync(path))];
  const outward = outwardReferences(own, { ending: '.php', named });
  const parts = projectParts(folder, [...beside, ...loaded, ...outward], highest);
  const leftOut = composer === undefined ? [] : [composer.vendor];
  const found = 'parts' in parts ? project(source, parts.root, { parts: parts.parts, leftOut }) : parts;
  const chosen = phpVersion(source, folder, highest, composer);
  const extensions = [...(composer === undefined ? [] : requiredExtensions(composer)), ...usedExtensions(own, leftOut)];
  const problems: PackagingProblem[] = [
    ...('problems' in found ? found.problems : []),
    ...('problems' in chosen ? chosen.problems : extensionProblems(source, chosen.version, extensions)),
    ...(composer === undefined ? [] : lockProblems(composer)),
    ...unsupportedExclusions(source, 'PHP', 'a package in require-dev is not installed'),
  ];
  if ('problems' in found || 'problems' in chosen || 'problems' in parts || problems.length > 0) return { problems };

  const workingFolder = pathBelow(parts.root, folder) ?? '';
  const added = extensionLines(source, chosen.version, extensions);
  const base = added.length === 0 ? baseImage('PHP', chosen.version, source.distribution) : 'php';
  const inFolder = workingFolder === '' ? [] : [`WORKDIR /app/${workingFolder}`];
  const read = ['composer.json', 'composer.lock', 'auth.json', 'symfony.lock'].map((name) =>
    workingFolder === '' ? name : `${workingFolder}/${name}`,
  );
  // Composer links to a package in a path repository, which needs only its composer.json. If it copies the package, it needs all files.
  const packages = beside.map(({ path, mirrored }) => [pathBelow(parts.root, path) ?? path, mirrored] as const);
  const plugins = pluginFiles(folder, composer?.json.extra).map((path) => pathBelow(parts.root, path));
  const wanted = (path: string) =>
    read.includes(path) ||
    plugins.includes(path) ||
    packages.some(
      ([at, mirrored]) => path === `${at}/composer.json` || (mirrored && (path === at || path.startsWith(`${at}/`))),
    );
  const context = startScriptImage(
    source,
    { ...found, workingFolder },
    {
      build: [...added, ...(composer === undefined ? [] : composerStage(source, base, composer, inFolder))],
      base,
      variables: SETTINGS,
      copy: [
        'COPY php/ /opt/stp/php/',
        composer === undefined ? copyToApp('app/') : copyToApp('/app', { stage: 'build' }),
      ],
      command: ['php', pathBelow(folder, source.entry) ?? found.entry],
      files: [SETTINGS_FILE, ...(composer === undefined ? [] : manifests(found.files, wanted))],
    },
  );
  if (composer === undefined || composer.packages !== undefined || !hasPackages(composer)) return { context };
  const message =
    'composer.json has no composer.lock: each build takes the newest packages that it allows; run composer update, and keep the file';
  return { context: { ...context, notes: [...(context.notes ?? []), { property: ['entryfilePath'], message }] } };
}

/** Installs packages first, then copies the sources, from which Composer generates the autoloader. */
function composerStage(source: BuildpackSource, base: string, { json }: ComposerProject, inFolder: readonly string[]) {
  const afterwards = object(json.scripts)['post-install-cmd'] === undefined ? [] : ['post-install-cmd'];
  return [
    `FROM ${base} AS build`,
    'WORKDIR /app',
    // Composer's image has a different distribution and different extensions than the job's.
    `COPY --from=${toolImage('composer')} /usr/bin/composer /usr/local/bin/composer`,
    env({ COMPOSER_ALLOW_SUPERUSER: '1' }),
    ...prepared(source, ['git', 'unzip']),
    'COPY manifests/ ./',
    ...inFolder,
    run(source, 'composer install --no-dev --no-interaction --no-progress --no-scripts --no-autoloader'),
    'COPY app/ /app/',
    run(source, 'composer dump-autoload --no-dev --no-interaction --classmap-authoritative'),
    ...afterwards.map((script) => run(source, `composer run-script --no-dev --no-interaction ${script}`)),
  ];
}

function hasPackages({ json }: ComposerProject): boolean {
  return Object.keys(strings(json.require)).some((name) => name.includes('/'));
}

/** Requirements of the project and its packages, without those that a package provides or replaces. */
function requiredExtensions({ json, packages = [] }: ComposerProject): string[] {
  const standIns = packages.flatMap(({ provide, replace }) => [
    ...Object.keys(strings(provide)),
    ...Object.keys(strings(replace)),
  ]);
  const required = [json.require, ...packages.map(({ require }) => require)].flatMap((one) =>
    Object.keys(strings(one)),
  );
  return required.filter((name) => /^ext-/i.test(name) && !standIns.includes(name));
}

/** Whether the code handles signals. Projects rarely require the extension, because most machines have it. */
function usedExtensions(folders: readonly string[], leftOut: readonly string[]): string[] {
  const ignore = ['**/vendor/**', '**/node_modules/**', ...leftOut.map((path) => `${path}/**`)];
  const sources = folders.flatMap((cwd) =>
    globSync(['**/*.php'], { cwd, ignore, absolute: true, followSymbolicLinks: false }),
  );
  return sources.some((path) => /\bpcntl_\w+\s*\(/.test(readFileSync(path, 'utf8'))) ? ['ext-pcntl'] : [];
}
