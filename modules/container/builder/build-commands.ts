import { type BuildContext, PLATFORMS } from '../build-context';
import { quoted, script, WORK_FOLDER } from './shell';

/** Pinned image of `pack`, for machines that don't have the program. CodeBuild's machines have it. */
const PACK_IMAGE = 'docker.io/buildpacksio/pack:0.38.2';

/** Variable on the build machine that holds the value of a build secret. */
export function secretVariable(name: string): string {
  return `BUILD_SECRET_${name}`;
}

/** Options of `docker build` for an image named by the variable `IMAGE`. */
export function dockerOptions(context: BuildContext): string {
  const { method, architecture, secrets = [] } = context;
  if (method.tool !== 'docker') throw new Error(`${method.tool} has other options`);
  const args = method.buildArgs.map(([name, value]) => ` --build-arg ${quoted(`${name}=${value}`)}`).join('');
  // Passes the name of a variable. Other users of the machine could read a value in the command.
  const mounted = secrets.map(({ name }) => ` --secret id=${name},env=${secretVariable(name)}`).join('');
  const target = method.target === undefined ? '' : ` --target ${quoted(method.target)}`;
  return `--platform ${PLATFORMS[architecture]} --file ${quoted(method.dockerfile)}${target}${args}${mounted} --tag "$IMAGE"`;
}

/**
 * The shell command that builds the image named by the variable `IMAGE` from an archive. It quotes every string from the config.
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
  // In a container, `pack` uses the engine of the host, so the host has the image and can push it.
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
