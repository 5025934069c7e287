import { ecrImage } from '../../rules/ecr-image';
import type { BuildContext } from '../build-context';
import { codebuildReference } from '../build-secrets';
import { buildCommand, dockerOptions, secretVariable } from './build-commands';
import { quoted, script } from './shell';

export { quoted } from './shell';

/** Where a build of CodeBuild keeps the layers of the one before. */
export interface LayerCache {
  /** Name of the repository, in the registry of the image. */
  readonly repository: string;
  readonly tag: string;
}

/** A secret's variables, and the command that logs in by them. */
interface Login {
  readonly variables: { readonly [name: string]: string };
  readonly command: string;
}

const ARCHIVE = 'context.tar.gz';

/**
 * The build specification of CodeBuild for one image, in JSON, which is YAML too. It fetches the archive, builds and pushes; the first command
 * that fails ends it. The environment says what is whose: `IMAGE`, the name with registry and tag, and `CONTEXT_URI`. CodeBuild reads
 * secrets itself, with the build's role, and masks them in the log.
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
            : // Only now: what is built gets no way into the registry.
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

/** For private images of Amazon ECR that the build pulls. */
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
 * Builds with the layers of the build before. Docker's own store of images keeps no layers elsewhere; containerd's does, and so does a
 * BuildKit in a container, whose image comes from Docker Hub. Where neither is to be had, the build is as good without, only slower.
 *
 * @see https://docs.docker.com/build/cache/backends/registry/
 * @see https://aws.amazon.com/blogs/containers/announcing-remote-cache-support-in-amazon-ecr-for-buildkit-clients/
 */
function cachedBuild(context: BuildContext, { repository, tag }: LayerCache): string {
  const cache = `type=registry,ref=\${IMAGE%%/*}/${repository}:${tag}`;
  const kept = `--cache-from "${cache}" --cache-to "${cache},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true"`;
  // Attestations would make an index of the image, whose parts have no tag and go.
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
    '  echo "There is no BuildKit that keeps layers: this build begins anew."',
    `  ${buildCommand(context, ARCHIVE)}`,
    `  ${PUSH}`,
    'fi',
  ]);
}
