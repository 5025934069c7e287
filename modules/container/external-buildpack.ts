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

/**
 * The context of an image that Cloud Native Buildpacks make of a source folder: its files, less those that its `.dockerignore` leaves out, and less
 * environments, caches and secrets, which a `!` line of the `.dockerignore` brings back.
 *
 * @param baseDir folder that paths are relative to
 * @param own absolute paths of the config's file and of what synthesis writes: they stay out
 */
export function externalBuildpackContext(
  { sourceDirectoryPath, builder, buildpacks = [], command }: ExternalBuildpack,
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
      method: { tool: 'pack', builder: builder ?? DEFAULT_BUILDER, buildpacks, variables: [] },
      files: files.files,
      command,
      init: true,
      notes: secretsNote(files.secrets, ['sourceDirectoryPath'], (name) => `add the line "!${name}" to .dockerignore`),
    },
  };
}
