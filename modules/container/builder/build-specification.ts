import { ecrImage } from '../../rules/ecr-image';
import type { BuildContext } from '../build-context';
import { codebuildReference } from '../build-secrets';
import { buildCommand, dockerOptions, secretVariable } from './build-commands';
import { quoted, script } from './shell';

export { quoted } from './shell';

/** Where CodeBuild stores layers for the next build. */
export interface LayerCache {
  /** Name of the repository, in the registry of the image. */
  readonly repository: string;
  readonly tag: string;
}

/** The variables of a registry secret, and the command that uses them to log in. */
interface Login {
  readonly variables: { readonly [name: string]: string };
  readonly command: string;
}

const ARCHIVE = 'context.tar.gz';

/**
 * The CodeBuild build specification of one image, as JSON, which is also valid YAML. It downloads the archive, builds the image, and pushes it.
 * The first command that fails ends the build. The variable `IMAGE` has the image's name with registry and tag, and `CONTEXT_URI` the
 * archive's address. CodeBuild reads the secrets with the build's role, and masks them in the log.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecification(context: BuildContext, cache: LayerCache): string {
  const logins = (context.logins ?? []).map(({ registry, secretArn }, index) => login(registry, secretArn, index));
  const secrets = (context.secrets ?? []).map((secret) => ({
    name: secretVariable(secret.name),
    ...codebuildReference(secret),
  }));
  const inStore = (store: string) =>
    Object.fromEntries(secrets.filter((secret) => secret.store === store).map(({ name, value }) => [name, value]));
  const fromSecrets = Object.assign(inStore('secrets-manager'), ...logins.map(({ variables }) => variables));
  const fromParameters = inStore('parameter-store');
  return JSON.stringify({
    version: 0.2,
    env: {
      shell: 'bash',
      variables: { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' },
      ...(Object.keys(fromSecrets).length > 0 && { 'secrets-manager': fromSecrets }),
      ...(Object.keys(fromParameters).length > 0 && { 'parameter-store': fromParameters }),
    },
    phases: {
      build: {
        'on-failure': 'ABORT',
        commands: [
          `aws s3 cp --only-show-errors "$CONTEXT_URI" ${ARCHIVE}`,
          ...ecrLogins(context),
          ...logins.map(({ command }) => command),
          ...(context.method.tool === 'docker'
            ? [OWN_LOGIN, cachedBuild(context, cache)]
            : // After the build, so that commands of the build cannot use this login.
              [buildCommand(context, ARCHIVE), OWN_LOGIN, PUSH]),
        ],
      },
    },
  });
}

const PUSH = 'docker push --quiet "$IMAGE"';

// biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
const OWN_LOGIN = ecrLogin('"$AWS_REGION"', '"${IMAGE%%/*}"');

function ecrLogin(region: string, registry: string): string {
  return `set -o pipefail; aws ecr get-login-password --region ${region} | docker login --username AWS --password-stdin ${registry}`;
}

/** Logs in to Amazon ECR to pull private base images. */
function ecrLogins({ pulls = [] }: BuildContext): string[] {
  const commands = pulls.flatMap((image) => {
    const place = ecrImage(image);
    return place === undefined ? [] : [ecrLogin(place.region, quoted(image.replace(/\/.*/s, '')))];
  });
  return [...new Set(commands)].sort();
}

function login(registry: string, secretArn: string, index: number): Login {
  const name = `REGISTRY_${index}`;
  return {
    variables: { [`${name}_USERNAME`]: `${secretArn}:username`, [`${name}_PASSWORD`]: `${secretArn}:password` },
    command: `set -o pipefail; printf %s "$${name}_PASSWORD" | docker login --username "$${name}_USERNAME" --password-stdin ${quoted(registry)}`,
  };
}

/**
 * Builds with the layers of the previous build. Docker's classic image store cannot export layers to a registry. containerd's image store can,
 * and so can BuildKit in a container, which needs an image from Docker Hub. If neither is available, the build runs without a cache.
 *
 * @see https://docs.docker.com/build/cache/backends/registry/
 * @see https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/
 */
function cachedBuild(context: BuildContext, { repository, tag }: LayerCache): string {
  const cache = `type=registry,ref=\${IMAGE%%/*}/${repository}:${tag}`;
  const kept = `--cache-from "${cache}" --cache-to "${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"`;
  // With attestations, the image would become an index. The lifecycle policy would expire its untagged parts.
  const pushed = '--provenance=false --sbom=false --push';
  return script([
    'builder=',
    "case $(docker info --format '{{json .DriverStatus}}') in",
    '*io.containerd.snapshotter*) builder=default ;;',
    '*) if timeout 120 docker buildx create --name layers --driver docker-container --bootstrap; then builder=layers; fi ;;',
    'esac',
    'if [ -n "$builder" ]; then',
    `  docker buildx build --builder "$builder" ${kept} ${pushed} ${dockerOptions(context)} - < ${ARCHIVE}`,
    'else',
    '  echo "BuildKit is not available: this build runs without a layer cache."',
    `  ${buildCommand(context, ARCHIVE)}`,
    `  ${PUSH}`,
    'fi',
  ]);
}
