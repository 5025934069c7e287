import { quoted, WORK_FOLDER } from './shell';

/** What logs in to a registry. */
export interface RegistryAuth {
  /** Host. */
  readonly registry: string;
  /** Variable with `<user>:<password>` in Base64. */
  readonly variable: string;
  readonly value: string;
}

/** What Docker calls Docker Hub in its configuration; Podman takes the host. */
const DOCKER_HUB = 'https://index.docker.io/v1/';

/**
 * Lines that make a configuration of Docker for one build alone, below the folder `$work`: a login by `docker login` would stay on the machine,
 * and two at once would write one file. Contexts and plugins of the machine stay in force, its logins do not: where an engine keeps them in the
 * system's keychain, nothing else counts.
 */
export function dockerConfig(auths: readonly Omit<RegistryAuth, 'value'>[]): string[] {
  const entries = auths.flatMap(({ registry, variable }) =>
    (registry === 'docker.io' ? [registry, DOCKER_HUB] : [registry]).map((name) => [name, variable] as const),
  );
  const text = entries.map(() => '"%s":{"auth":"%s"}').join(',');
  // A host that the shell puts together is no text of a config.
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

/** Pushes unless the tag is there: it cannot be written twice, and means the same bytes. */
export const PUSH = [
  ...WORK_FOLDER,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  ...dockerConfig([{ registry: '"${IMAGE%%/*}"', variable: 'REGISTRY_AUTH' }]),
  'docker manifest inspect "$IMAGE" > /dev/null 2>&1 || docker push --quiet "$IMAGE"',
].join('\n');
