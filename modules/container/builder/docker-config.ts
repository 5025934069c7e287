import { quoted, WORK_FOLDER } from './shell';

/** A login to a registry. */
export interface RegistryAuth {
  /** Host. */
  readonly registry: string;
  /** Variable with `<user>:<password>` in Base64. */
  readonly variable: string;
  readonly value: string;
}

/** Docker Hub's name in Docker's configuration. Podman uses the host name. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/**
 * Shell lines that create a Docker configuration for one build in the folder `$work`. `docker login` would leave credentials on the machine, and
 * two builds at a time would write the same file. The machine's contexts and plugins still apply. Its logins don't: with a credential store,
 * Docker would ignore the logins of the build.
 */
export function dockerConfig(auths: readonly Omit<RegistryAuth, 'value'>[]): string[] {
  const entries = auths.flatMap(({ registry, variable }) =>
    (registry === 'docker.io' ? [registry, DOCKER_HUB] : [registry]).map((name) => [name, variable] as const),
  );
  const text = entries.map(() => '"%s":{"auth":"%s"}').join(',');
  // A host in double quotes is computed by the shell, so it isn't quoted again.
  const values = entries.map(([name, variable]) => `${name.startsWith('"') ? name : quoted(name)} "$${variable}"`);
  return [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    'machine=$(cd "${DOCKER_CONFIG:-$HOME/.docker}" 2> /dev/null && pwd) || machine=',
    'context=$(docker context show 2> /dev/null) || context=',
    'mkdir -m 700 "$work/docker"',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    'for file in ${machine:+"$machine"/*}; do case $file in */config.json | */\\*) ;; *) ln -s "$file" "$work/docker/" ;; esac; done',
    'case $context in "" | default) ;; *) export DOCKER_CONTEXT="$context" ;; esac',
    `printf '{"auths":{${text}}}' ${values.join(' ')} > "$work/docker/config.json"`,
    'export DOCKER_CONFIG="$work/docker" REGISTRY_AUTH_FILE="$work/docker/config.json"',
  ];
}

/** Pushes the image unless the tag exists. Tags are immutable, and the same tag means the same content. */
export const PUSH = [
  ...WORK_FOLDER,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  ...dockerConfig([{ registry: '"${IMAGE%%/*}"', variable: 'REGISTRY_AUTH' }]),
  'docker manifest inspect "$IMAGE" > /dev/null 2>&1 || docker push --quiet "$IMAGE"',
].join('\n');
