import { DataAwsEcrAuthorizationToken } from '@cdktf/provider-aws/lib/data-aws-ecr-authorization-token';
import { DataResource, type ITerraformDependable, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { ecrImage } from '../../rules/ecr-image';
import type { AwsContext } from '../../terraform/aws-context';
import { literal } from '../../terraform/literal';
import type { BuildContext } from '../build-context';
import { buildCommand, secretVariable } from './build-commands';
import { createContextFile } from './context-file';
import { dockerConfig, PUSH, type RegistryAuth } from './docker-config';
import { createRegistryAuth, createSecretText } from './ephemeral-secret';
import type { ImageRepository } from './repository';
import { WORK_FOLDER } from './shell';

export interface DockerBuilderProps {
  readonly aws: AwsContext;
  readonly repository: ImageRepository;
  /** @default known to Terraform only */
  readonly region?: string;
}

type Provisioner = Extract<NonNullable<TerraformResource['provisioners']>[number], { type: 'local-exec' }>;

const INTERPRETER = ['/bin/sh', '-ec'];

/** Builds images during apply, with the Docker engine of the machine that runs Terraform. Requires `docker` and a POSIX shell. */
export class DockerBuilder extends Construct {
  private readonly props: DockerBuilderProps;
  private readonly token: DataAwsEcrAuthorizationToken;
  private readonly tokens = new Map<string, DataAwsEcrAuthorizationToken>();
  private readonly builds = new Map<string, DataResource>();

  constructor(scope: Construct, id: string, props: DockerBuilderProps) {
    super(scope, id);
    this.props = props;
    const { repository } = props;
    this.token = new DataAwsEcrAuthorizationToken(this, 'Token', { registryId: repository.repository.registryId });
  }

  /** Builds an image. Resources that need the image must depend on the returned dependencies. */
  build(context: BuildContext, digest: string): ITerraformDependable {
    const existing = this.builds.get(digest);
    if (existing !== undefined) return existing;
    const shortDigest = digest.slice(0, 16);
    const archive = createContextFile(this, `Context-${shortDigest}`, context, digest);
    const image = this.props.repository.image(digest);
    const made = new DataResource(this, `Image-${shortDigest}`, {
      triggersReplace: { image },
      provisioners: [
        ...this.buildSteps(context, { IMAGE: image, CONTEXT: archive.path }),
        // A separate step: Terraform hides the output of a step that has a password in its environment.
        step(PUSH, { IMAGE: image, REGISTRY_AUTH: this.token.authorizationToken }),
      ],
    });
    this.builds.set(digest, made);
    return made;
  }

  private buildSteps(context: BuildContext, named: { readonly [name: string]: string }): Provisioner[] {
    const auths = this.auths(context);
    const secrets = (context.secrets ?? []).map(({ name, reference }) => [
      secretVariable(name),
      createSecretText(this, this.props.aws, reference),
    ]);
    const hidden = Object.fromEntries([...secrets, ...auths.map(({ variable, value }) => [variable, value])]);
    const environment = { ...named, DOCKER_BUILDKIT: '1', BUILDKIT_PROGRESS: 'plain' };
    const build = buildCommand(context, '"$CONTEXT"');
    if (Object.keys(hidden).length === 0) return [step(build, environment)];
    const login = auths.length === 0 ? [] : [...WORK_FOLDER, ...dockerConfig(auths)];
    const lines = [...login, build].join('\n');
    return [
      // Terraform hides the output of a step that has a secret in its environment, so the next step, which has none, shows it.
      step(KEEP_LOG, { ...environment, ...hidden, BUILD: literal(lines) }),
      step(SHOW_LOG, named),
    ];
  }

  /** The registry logins of the build. If there is one, the build ignores the machine's logins. */
  private auths({ logins = [], pulls = [] }: BuildContext): RegistryAuth[] {
    const own = logins.map(({ registry, secretArn }, index) => ({
      registry,
      variable: `REGISTRY_AUTH_${index}`,
      value: createRegistryAuth(this, secretArn),
    }));
    const ecr = new Map<string, string>();
    for (const image of pulls) {
      const place = ecrImage(image);
      if (place !== undefined) ecr.set(image.replace(/\/.*/s, ''), place.region);
    }
    const tokens = [...ecr].sort().map(([registry, region], index) => ({
      registry,
      variable: `ECR_AUTH_${index}`,
      value: this.findOrCreateToken(region).authorizationToken,
    }));
    return [...own, ...tokens];
  }

  /** A token is valid for all registries in its region. */
  private findOrCreateToken(region: string): DataAwsEcrAuthorizationToken {
    if (region === this.props.region) return this.token;
    const existing = this.tokens.get(region);
    if (existing !== undefined) return existing;
    const made = new DataAwsEcrAuthorizationToken(this, `Token-${region}`, { region });
    this.tokens.set(region, made);
    return made;
  }
}

function step(command: string, environment: { readonly [name: string]: string }): Provisioner {
  return { type: 'local-exec', interpreter: INTERPRETER, command: literal(command), environment };
}

const KEEP_LOG = 'rm -f "$CONTEXT.built"; if /bin/sh -ec "$BUILD" > "$CONTEXT.log" 2>&1; then : > "$CONTEXT.built"; fi';

const SHOW_LOG = 'cat "$CONTEXT.log"; rm -f "$CONTEXT.log"; rm "$CONTEXT.built"';
