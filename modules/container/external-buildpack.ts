import { resolve } from 'node:path';
import type { Packaging } from '../config/packaging';
import type { Architecture, ContextResult } from './build-context';
import { ignorePatterns } from './custom-dockerfile';
import { folderFiles } from './folder-files';
import { MACHINE_FILES } from './machine-files';
import { secretsNote } from './secret-files';
import { pathProblem, realPath } from './source-files';

type ExternalBuildpack = Extract<Packaging, { type: 'external-buildpack' }>['properties'];

/** Builder that detects most languages; it makes images for x86_64 only. */
const DEFAULT_BUILDER = 'paketobuildpacks/builder-jammy-base';

/** Runs a command in the environment that the buildpacks made: https://buildpacks.io/docs/for-app-developers/how-to/build-outputs/specify-launch-process/ */
const LAUNCHER = '/cnb/lifecycle/launcher';

/**
 * The context of an image that Cloud Native Buildpacks make of a source folder: its files, less those that its `.dockerignore` leaves out, and less
 * environments, caches and secrets, which a `!` line of the `.dockerignore` brings back.
 *
 * @param baseDir folder that paths are relative to
 * @param own absolute paths of the config's file and of what synthesis writes: they stay out
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
    const found = `nothing: ${DEFAULT_BUILDER} makes images for x86_64 only`;
    const fix = 'name a builder for arm64, such as heroku/builder:24, or use x86_64';
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
        // By default the entrypoint is a process of the buildpacks, and a command only adds arguments to it.
        ...(command && { entrypoint: LAUNCHER }),
      },
      files: files.files,
      // Without the two hyphens a shell would read the words.
      command: command && ['--', ...command],
      logins: registryCredentials,
      pulls: [builder ?? DEFAULT_BUILDER, ...buildpacks.map((name) => name.replace(/^docker:\/+/, ''))],
      init: true,
      notes: secretsNote(files.secrets, ['sourceDirectoryPath'], (name) => `add the line "!${name}" to .dockerignore`),
    },
  };
}
