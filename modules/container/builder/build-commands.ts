import { type BuildContext, PLATFORMS } from '../build-context';
import { quoted, script, WORK_FOLDER } from './shell';

/** Image of `pack`, pinned, for machines without the program; CodeBuild's have it. */
const PACK_IMAGE = 'docker.io/buildpacksio/pack:0.38.2';

/** Variable of the machine that builds with the value of a build secret. */
export function secretVariable(name: string): string {
  return `BUILD_SECRET_${name}`;
}

/** Options of `docker build` for an image named by the variable `IMAGE`. */
export function dockerOptions(context: BuildContext): string {
  const { method, architecture, secrets = [] } = context;
  if (method.tool !== 'docker') throw new Error(`${method.tool} has options of its own`);
  const args = method.buildArgs.map(([name, value]) => ` --build-arg ${quoted(`${name}=${value}`)}`).join('');
  // By the name of a variable: a value in the command itself would be seen by everybody on the machine.
  const mounted = secrets.map(({ name }) => ` --secret id=${name},env=${secretVariable(name)}`).join('');
  const target = method.target === undefined ? '' : ` --target ${quoted(method.target)}`;
  return `--platform ${PLATFORMS[architecture]} --file ${quoted(method.dockerfile)}${target}${args}${mounted} --tag "$IMAGE"`;
}

/**
 * The command that makes an image named by the variable `IMAGE` of an archive. A shell reads it: every text of a config stands in quotes.
 *
 * @param archive the archive's path, as a word of the shell
 */
export function buildCommand(context: BuildContext, archive: string): string {
  if (context.method.tool === 'docker') return `docker build ${dockerOptions(context)} - < ${archive}`;
  const { builder, buildpacks, variables, entrypoint } = context.method;
  const named = buildpacks.map((name) => ` --buildpack ${quoted(name)}`).join('');
  const given = variables.map(([name, value]) => ` --env ${quoted(`${name}=${value}`)}`).join('');
  const platform = PLATFORMS[context.architecture];
  const options = `--builder ${quoted(builder)}${named}${given} --platform ${platform} --trust-builder`;
  // In a container the program talks to the engine beside it, so that what it builds lies there, ready to be pushed.
  const contained = `docker run --rm --user 0 --volume /var/run/docker.sock:/var/run/docker.sock --volume "$work/source:/source" \${DOCKER_CONFIG:+--volume "$DOCKER_CONFIG:/config" --env DOCKER_CONFIG=/config} ${PACK_IMAGE}`;
  return script([
    ...WORK_FOLDER,
    `mkdir "$work/source" && tar -xf ${archive} -C "$work/source"`,
    `if command -v pack > /dev/null; then pack build "$IMAGE" --path "$work/source" ${options}; else ${contained} build "$IMAGE" --path /source ${options}; fi`,
    ...(entrypoint === undefined
      ? []
      : [
          `printf 'FROM %s\\nENTRYPOINT ["%s"]\\n' "$IMAGE" ${quoted(entrypoint)} | docker build --platform ${platform} --tag "$IMAGE" -`,
        ]),
  ]);
}
