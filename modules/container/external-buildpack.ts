import { resolve } from 'node:path';
import type { Packaging } from '../config/packaging';
import type { Architecture, ContextResult } from './build-context';
import { folderFiles, ignorePatterns } from './folder-files';
import { MACHINE_FILES } from './machine-files';
import { secretsNote } from './secret-files';
import { pathProblem, realPath } from './source-files';

type ExternalBuildpack = Extract<Packaging, { type: 'external-buildpack' }>['properties'];

/** Default builder. It detects most languages, and builds images for x86_64 only. */
const DEFAULT_BUILDER = 'paketobuildpacks/builder-jammy-base';

/** Runs a command in the environment of the buildpacks: https://buildpacks.io/docs/for-app-developers/how-to/build-outputs/specify-launch-process/ */
const LAUNCHER = '/cnb/lifecycle/launcher';

/**
 * The build context of an image that Cloud Native Buildpacks build from a source folder: its files, except those that its `.dockerignore` excludes,
 * and except virtual environments, caches and secrets. A `!` line in the `.dockerignore` includes them.
 *
 * @param baseDir folder that paths are relative to
 * @param own absolute paths of the config file and of what synthesis writes. They are never part of the context
 */
export function externalBuildpackContext(
  { sourceDirectoryPath, builder, buildpacks = [], registryCredentials, command }: ExternalBuildpack,
  architecture: Architecture,
  baseDir: string,
  own: readonly string[] = [],
): ContextResult {
  const folder = realPath(resolve(baseDir, sourceDirectoryPath));
  const missing = pathProblem(sourceDirectoryPath, folder, 'folder');
  const patterns = [...MACHINE_FILES, ...ignorePatterns(folder)];
  const files =
    missing === undefined ? folderFiles(folder, { patterns, own, highest: baseDir }) : { problems: [missing] };
  const noBuilder = builder === undefined && architecture === 'arm64';
  if ('problems' in files || noBuilder) {
    const found = `nothing, and the default ${DEFAULT_BUILDER} builds images for x86_64 only`;
    const fix = 'set a builder for arm64, such as heroku/builder:24, or use x86_64';
    return {
      problems: [
        ...('problems' in files
          ? files.problems.map((finding) => ({ property: ['sourceDirectoryPath'], ...finding }))
          : []),
        ...(noBuilder ? [{ property: ['builder'], found, accepted: 'a builder for arm64', fix }] : []),
      ],
    };
  }
  return {
    context: {
      architecture,
      method: {
        tool: 'pack',
        builder: builder ?? DEFAULT_BUILDER,
        buildpacks,
        variables: [],
        // The default entrypoint is a process of the buildpacks, and a command would only add arguments to it.
        ...(command && { entrypoint: LAUNCHER }),
      },
      files: files.files,
      // Without `--`, the launcher would run the words in a shell.
      command: command && ['--', ...command],
      logins: registryCredentials,
      pulls: [builder ?? DEFAULT_BUILDER, ...buildpacks.map((name) => name.replace(/^docker:\/+/, ''))],
      init: true,
      notes: secretsNote(files.secrets, ['sourceDirectoryPath'], (name) => `add the line "!${name}" to .dockerignore`),
    },
  };
}
