import { existsSync, readFileSync } from 'node:fs';
import { basename, posix, resolve } from 'node:path';
import { isToken } from '../config/checked';
import type { Packaging } from '../config/packaging';
import { isSecretDirective } from '../config/secret-directive';
import { formatFound, foundValue, UNKNOWN_VALUE } from '../problems/found';
import type { Architecture, ContextResult, PackagingNote, PackagingProblem } from './build-context';
import { buildSecrets } from './build-secrets';
import { dockerfileStages, stageNotes, stageProblems } from './dockerfile-stages';
import { type FolderFiles, folderFiles, ignorePatterns } from './folder-files';
import { pulledImages } from './pulled-images';
import { listed } from './secret-files';
import { pathProblem, realPath } from './source-files';

type CustomDockerfile = Extract<Packaging, { type: 'custom-dockerfile' }>['properties'];

/**
 * The build context of an image with your own Dockerfile: all files in the folder except those that `<Dockerfile>.dockerignore`, or else
 * `.dockerignore`, excludes. As in Docker, neither the Dockerfile nor the `.dockerignore` can be excluded.
 *
 * @param baseDir folder that paths are relative to
 * @param own absolute paths of the config file and of what synthesis writes. They are part of the context only if the Dockerfile or its ignore
 *   file names them, so that a change of the config doesn't rebuild the image
 * @see https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export function customDockerfileContext(
  {
    buildContextPath,
    dockerfilePath = 'Dockerfile',
    buildArgs = [],
    command,
    target,
    platform,
    ...needs
  }: CustomDockerfile,
  architecture: Architecture,
  baseDir: string,
  own: readonly string[] = [],
): ContextResult {
  const folder = realPath(resolve(baseDir, buildContextPath));
  const dockerfile = posix.normalize(dockerfilePath);
  const { secrets, problems: secretProblems } = buildSecrets(needs.buildSecrets);
  const argProblems = [
    ...buildArgs.flatMap(({ argName, value }, index) => argProblem(argName, value, index)),
    ...secretProblems,
  ];
  const folderProblem = pathProblem(buildContextPath, folder, 'folder');
  if (folderProblem !== undefined)
    return { problems: [{ property: ['buildContextPath'], ...folderProblem }, ...argProblems] };
  const problem = dockerfileProblem(folder, buildContextPath, dockerfile);
  const problems: PackagingProblem[] = [
    ...(problem === undefined ? [] : [{ property: ['dockerfilePath'], ...problem }]),
    ...argProblems,
  ];
  if (problems.length > 0) return { problems };
  const nearest = `${dockerfile}.dockerignore`;
  const ignoreFile = existsSync(resolve(folder, nearest)) ? nearest : '.dockerignore';
  const text = readFileSync(resolve(folder, dockerfile), 'utf8');
  const args = buildArgs.map(({ argName, value }) => [argName, value] as const);
  const choice = { architecture, buildArgs: args, target, platform, hasCommand: command !== undefined };
  const stages = dockerfileStages(text, choice);
  const unbuildable = stageProblems(stages, choice);
  const found = folderFiles(folder, {
    patterns: ignorePatterns(folder, ignoreFile),
    kept: [dockerfile, ignoreFile],
    own: own.filter((path) => !text.includes(basename(path))),
    forDocker: true,
  });
  if ('problems' in found || unbuildable.length > 0) {
    const findings = 'problems' in found ? found.problems : [];
    return {
      problems: [...findings.map((finding) => ({ property: ['buildContextPath'], ...finding })), ...unbuildable],
    };
  }
  const method = { tool: 'docker' as const, dockerfile, target, buildArgs: args };
  // No init process: an image with its own supervisor expects to be the first process.
  return {
    context: {
      architecture,
      method,
      files: found.files,
      command,
      init: false,
      secrets,
      logins: needs.registryCredentials,
      pulls: pulledImages(text, method.buildArgs, architecture),
      notes: [...notes(found, ignoreFile), ...stageNotes(stages, choice)],
    },
  };
}

/** Notes about files that Docker sends, but that are probably not meant to be in the image. */
function notes({ secrets, outward }: FolderFiles, ignoreFile: string): PackagingNote[] {
  const messages = [
    secrets.length > 0 &&
      `the build context includes ${secrets.length === 1 ? 'a file that might hold secrets' : `${secrets.length} files that might hold secrets`}: ` +
        `${listed(secrets)}. Add what the image does not need to ${ignoreFile}, or "!" and its path if it does`,
    outward.length > 0 &&
      `the build context includes links to files outside it: ${listed(outward)}. In the image they are broken, unless the file exists there`,
  ];
  return messages.flatMap((message) => (message === false ? [] : [{ property: ['buildContextPath'], message }]));
}

function dockerfileProblem(folder: string, buildContextPath: string, dockerfile: string) {
  if (dockerfile.startsWith('../') || posix.isAbsolute(dockerfile)) {
    return {
      found: foundValue(dockerfile, `, which is outside ${formatFound(buildContextPath)}`),
      accepted: 'a path inside the context, relative to it',
      fix: 'move the Dockerfile into the context, or set buildContextPath to a folder that contains it',
    };
  }
  const problem = pathProblem(dockerfile, resolve(folder, dockerfile), 'file');
  return problem && { ...problem, fix: `correct the path: it is relative to ${formatFound(buildContextPath)}` };
}

/** The arguments are part of the digest in the image's tag, so they must be known at synthesis. */
function argProblem(name: string, value: string, index: number): PackagingProblem[] {
  const found = (text: string) => (isToken(text) ? UNKNOWN_VALUE : foundValue(text));
  const known = !isToken(value) && !/^\$[A-Za-z]+\(/.test(value);
  const valueProblem = {
    property: ['buildArgs', index, 'value'],
    found: found(value),
    accepted: "a string, because it is part of the image's digest",
    fix: isSecretDirective(value)
      ? `use buildSecrets: { NAME: ${formatFound(value)} } instead of buildArgs, and RUN --mount=type=secret,id=NAME in the Dockerfile`
      : 'write the value, or set it in container.environment instead',
  };
  const nameProblem = {
    property: ['buildArgs', index, 'argName'],
    found: found(name),
    accepted: 'letters, digits and underscores, no digit first',
    acceptedAs: 'content' as const,
    fix: 'use the name in the ARG instruction of the Dockerfile',
  };
  return [...(/^[A-Za-z_]\w*$/.test(name) ? [] : [nameProblem]), ...(known ? [] : [valueProblem])];
}
