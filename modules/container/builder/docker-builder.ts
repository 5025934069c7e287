import { DataAwsEcrAuthorizationToken } from '@cdktf/provider-aws/lib/data-aws-ecr-authorization-token';
import { DataResource, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { literal } from '../../terraform-literal';
import type { BuildContext } from '../build-context';
import { buildCommands } from './build-specification';
import { contextFile } from './context-file';
import type { ImageRepository } from './repository';

/** Builds images with the Docker engine of the machine that Terraform runs on, while it applies. Needs `docker` and a POSIX shell there. */
export class DockerBuilder extends Construct {
  private readonly repository: ImageRepository;
  private readonly token: DataAwsEcrAuthorizationToken;
  private readonly builds = new Map<string, DataResource>();

  constructor(scope: Construct, id: string, { repository }: { readonly repository: ImageRepository }) {
    super(scope, id);
    this.repository = repository;
    this.token = new DataAwsEcrAuthorizationToken(this, 'Token', { registryId: repository.repository.registryId });
  }

  /** Has an image built; what waits for it must depend on what this returns. */
  build(context: BuildContext, digest: string): ITerraformDependable {
    const existing = this.builds.get(digest);
    if (existing !== undefined) return existing;
    const shortDigest = digest.slice(0, 16);
    const archive = contextFile(this, `Context-${shortDigest}`, context, digest);
    const image = this.repository.image(digest);
    const build = [...buildCommands(context, '"$CONTEXT"')].join(' && ');
    const interpreter = ['/bin/sh', '-ec'];
    const made = new DataResource(this, `Image-${shortDigest}`, {
      triggersReplace: { image },
      provisioners: [
        {
          type: 'local-exec',
          interpreter,
          command: literal(build),
          environment: { IMAGE: image, CONTEXT: archive.path, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' },
        },
        {
          // Apart from the build, whose output Terraform would hide if the password stood beside it.
          type: 'local-exec',
          interpreter,
          command: literal(PUSH),
          environment: {
            IMAGE: image,
            REGISTRY_PASSWORD: this.token.password,
          },
        },
      ],
    });
    this.builds.set(digest, made);
    return made;
  }
}

/** Pushes unless the tag is there: it cannot be written twice, and means the same bytes. */
const PUSH = [
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's
  'printf %s "$REGISTRY_PASSWORD" | docker login --username AWS --password-stdin "${IMAGE%%/*}"',
  'docker manifest inspect "$IMAGE" > /dev/null 2>&1 || docker push --quiet "$IMAGE"',
].join(' && ');
