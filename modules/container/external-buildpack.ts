import { resolve } from 'node:path';
import type { Packaging } from '../config/packaging';
import type { Architecture, ContextResult } from './build-context';
import { ignorePatterns } from './custom-dockerfile';
import { folderFiles, pathProblem } from './source-files';

type ExternalBuildpack = Extract<Packaging, { type: 'external-buildpack' }>['properties'];

/** Builder that detects most languages; it makes images for x86_64 only. */
const DEFAULT_BUILDER = 'paketobuildpacks/builder-jammy-base';

/**
 * The context of an image that Cloud Native Buildpacks make of a source folder: its files, less those that its `.dockerignore` leaves out.
 *
 * @param baseDir folder that paths are relative to
 */
export function externalBuildpackContext(
  { sourceDirectoryPath, builder, buildpacks = [], command }: ExternalBuildpack,
  architecture: Architecture,
  baseDir: string,
): ContextResult {
  const folder = resolve(baseDir, sourceDirectoryPath);
  const missing = pathProblem(sourceDirectoryPath, folder, 'folder');
  const files = missing === undefined ? folderFiles(folder, ignorePatterns(folder)) : { problem: missing };
  const noBuilder = builder === undefined && architecture === 'arm64';
  if ('problem' in files || noBuilder) {
    const found = `nothing: ${DEFAULT_BUILDER} makes images for x86_64 only`;
    const fix = 'name a builder for arm64, such as heroku/builder:24, or use x86_64';
    return {
      problems: [
        ...('problem' in files ? [{ property: ['sourceDirectoryPath'], ...files.problem }] : []),
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
    },
  };
}
