import { textEntry } from '../source-files';
import type { TarEntry } from '../tar';
import type { BuildpackSource } from './language';
import { installPackages, wantedPackages } from './system-packages';

/** User and group that jobs run as, and whom `/app` and all in it belongs to. */
export const JOB_USER = '1000:1000';

/** The working folder of the job's image. By itself `WORKDIR` would make it root's. */
export const APP_FOLDER: readonly string[] = [`RUN mkdir -p /app && chown ${JOB_USER} /app`, 'WORKDIR /app'];

/** Lines of a Dockerfile of this project; empty ones are left out. */
export function dockerfile(lines: readonly (string | undefined)[]): TarEntry {
  return textEntry('Dockerfile', `${lines.filter((line) => line !== undefined).join('\n')}\n`);
}

/** A command as a list of words, which no shell reads. */
export function words(list: readonly string[]): string {
  return JSON.stringify(list);
}

/** The files as the image's working folder gets them. */
export function inApp(files: readonly TarEntry[]): TarEntry[] {
  return files.map((file) => ({ ...file, path: `app/${file.path}` }));
}

/** Copies into the working folder, which stays the job's. */
export function copyToApp(from: string, { stage, to = './' }: { readonly stage?: string; readonly to?: string } = {}) {
  return `COPY ${stage === undefined ? '' : `--from=${stage} `}--chown=${JOB_USER} ${from} ${to}`;
}

/**
 * Lines for the stage that installs the project's packages and for the job's own: packages of the distribution, the language's own first,
 * and the commands of the config.
 *
 * @param own packages of the distribution that the language itself wants in this stage
 */
export function prepared(source: BuildpackSource, own: readonly string[] = []): string[] {
  const { properties, distribution } = source;
  const install = installPackages(distribution, [...own, ...wantedPackages(properties, distribution)]);
  const commands = properties.customDockerBuildCommands ?? [];
  return [...(install === undefined ? [] : [install]), ...commands.map((command) => run(source, command))];
}

/**
 * A command of the build, with each build secret as a variable of its name. The variable is gone after the command, and the file that it is
 * read from is in no layer.
 *
 * @see https://docs.docker.com/build/building/secrets/
 */
export function run({ secrets }: Pick<BuildpackSource, 'secrets'>, command: string): string {
  const [, flags = '', rest = ''] = /^((?:--\w[\w-]*=\S+\s+)*)(.*)$/s.exec(command.trim()) ?? [];
  const mounts = secrets.map((name) => `--mount=type=secret,id=${name},required=true `).join('');
  // A list of words is read by no shell, which could not set a variable either: the file is there all the same.
  const variables = rest.startsWith('[') ? [] : secrets;
  const exported = variables.map((name) => `export ${name}="$(cat /run/secrets/${name})" && `).join('');
  // Several lines would be several instructions. As one word, a shell gets them as they are, and ends with the first that fails.
  const lines = /(?<!\\)\n/.test(rest) && !rest.startsWith('[');
  return `RUN ${flags}${mounts}${lines ? words(['/bin/sh', '-ec', exported + rest]) : exported + rest}`;
}
