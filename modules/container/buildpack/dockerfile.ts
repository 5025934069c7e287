import { APP, JOB_USER, type Variables } from '../launch';
import { textEntry } from '../source-files';
import type { TarEntry } from '../tar';
import type { BuildpackSource } from './language';
import { installPackages, wantedPackages } from './system-packages';

/** The working folder of the job's image. `WORKDIR` alone would create it with root as the owner. */
export const APP_FOLDER: readonly string[] = [`RUN mkdir -p ${APP} && chown ${JOB_USER} ${APP}`, `WORKDIR ${APP}`];

/** Lines of a generated Dockerfile, without empty ones. */
export function dockerfile(lines: readonly (string | undefined)[]): TarEntry {
  return textEntry('Dockerfile', `${lines.filter((line) => line !== undefined).join('\n')}\n`);
}

/** A command in exec form. */
export function words(list: readonly string[]): string {
  return JSON.stringify(list);
}

/** Sets environment variables of a stage and of the containers of its image. */
export function env(variables: Variables): string {
  return `ENV ${Object.entries(variables)
    .map(([name, value]) => `${name}=${envWord(value)}`)
    .join(' ')}`;
}

/** A value as one word. Variables in it keep their meaning. */
function envWord(value: string): string {
  return /[\s"'\\]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value;
}

/** The files, moved to the image's working folder. */
export function inApp(files: readonly TarEntry[]): TarEntry[] {
  return files.map((file) => ({ ...file, path: `app/${file.path}` }));
}

/** Copies into the working folder, with the job's user as the owner. */
export function copyToApp(from: string, { stage, to = './' }: { readonly stage?: string; readonly to?: string } = {}) {
  return `COPY ${stage === undefined ? '' : `--from=${stage} `}--chown=${JOB_USER} ${from} ${to}`;
}

/**
 * Lines for the stage that installs the project's packages and for the final stage: packages of the distribution, those for the language first,
 * and the commands from the config.
 *
 * @param own packages of the distribution that the language needs in this stage
 */
export function prepared(source: BuildpackSource, own: readonly string[] = []): string[] {
  const { properties, distribution } = source;
  const install = installPackages(distribution, [...own, ...wantedPackages(properties, distribution)]);
  const commands = properties.customDockerBuildCommands ?? [];
  return [...(install === undefined ? [] : [install]), ...commands.map((command) => run(source, command))];
}

/**
 * A build command that gets each build secret as a variable. The variable exists only during the command, and the file that it is read from is
 * in no layer.
 *
 * @see https://docs.docker.com/build/building/secrets/
 */
export function run({ secrets }: Pick<BuildpackSource, 'secrets'>, command: string): string {
  const [, flags = '', rest = ''] = /^((?:--\w[\w-]*=\S+\s+)*)(.*)$/s.exec(command.trim()) ?? [];
  const mounts = secrets.map((name) => `--mount=type=secret,id=${name},required=true `).join('');
  // In exec form, no shell can set a variable. The command can read the mounted file.
  const variables = rest.startsWith('[') ? [] : secrets;
  const exported = variables.map((name) => `export ${name}="$(cat /run/secrets/${name})" && `).join('');
  // Several lines would be several instructions. As one word, a shell gets them unchanged, and `-e` stops at the first failure.
  const lines = /(?<!\\)\n/.test(rest) && !rest.startsWith('[');
  return `RUN ${flags}${mounts}${lines ? words(['/bin/sh', '-ec', exported + rest]) : exported + rest}`;
}
