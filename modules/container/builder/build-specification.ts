import { type BuildContext, PLATFORMS } from '../build-context';

/** Image of `pack`, pinned, for machines without the program; CodeBuild's have it. */
const PACK_IMAGE = 'docker.io/buildpacksio/pack:0.38.2';

/**
 * The command that makes an image named by the variable `IMAGE` of the archive `$1` or, where `archive` is given, of that one.
 * A shell reads it: every text of a config stands in quotes.
 */
export function buildCommands({ method, architecture }: BuildContext, archive: string): string[] {
  const platform = PLATFORMS[architecture];
  if (method.tool === 'docker') {
    const args = method.buildArgs.map(([name, value]) => ` --build-arg ${quoted(`${name}=${value}`)}`).join('');
    return [
      `docker build --platform ${platform} --file ${quoted(method.dockerfile)}${args} --tag "$IMAGE" - < ${archive}`,
    ];
  }
  const buildpacks = method.buildpacks.map((name) => ` --buildpack ${quoted(name)}`).join('');
  const variables = method.variables.map(([name, value]) => ` --env ${quoted(`${name}=${value}`)}`).join('');
  const options = `--builder ${quoted(method.builder)}${buildpacks}${variables} --platform ${platform} --trust-builder`;
  // In a container the program talks to the engine beside it, so that what it builds lies there, ready to be pushed.
  const contained = `docker run --rm --user 0 --volume /var/run/docker.sock:/var/run/docker.sock --volume "$PWD/source:/source" ${PACK_IMAGE}`;
  return [
    `rm -rf source && mkdir source && tar -xf ${archive} -C source`,
    `if command -v pack > /dev/null; then pack build "$IMAGE" --path source ${options}; else ${contained} build "$IMAGE" --path /source ${options}; fi`,
  ];
}

/**
 * The build specification of CodeBuild for one image, in JSON, which is YAML too. It fetches the archive, builds and pushes; the first command
 * that fails ends it. The environment says what is whose: `IMAGE`, the name with registry and tag, and `CONTEXT_URI`.
 *
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html
 */
export function buildSpecification(context: BuildContext): string {
  const login =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
    'aws ecr get-login-password --region "$AWS_REGION" | docker login --username AWS --password-stdin "${IMAGE%%/*}"';
  return JSON.stringify({
    version: 0.2,
    env: { shell: 'bash', variables: { DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' } },
    phases: {
      build: {
        'on-failure': 'ABORT',
        commands: [
          'aws s3 cp --only-show-errors "$CONTEXT_URI" context.tar.gz',
          ...buildCommands(context, 'context.tar.gz'),
          // Only now: what is built gets no way into the registry, and the login is fresh after a long build.
          `set -o pipefail; ${login}`,
          'docker push --quiet "$IMAGE"',
        ],
      },
    },
  });
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}
