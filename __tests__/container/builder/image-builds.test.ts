import type { BuildContext } from '../../../modules/container/build-context';
import { type ImageBuilderKind, ImageBuilds } from '../../../modules/container/builder/image-builds';
import { textEntry } from '../../../modules/container/source-files';
import { UndeliveredEvents } from '../../../modules/orchestration/undelivered-events';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { document, foreignStack, permissions, Synthesis, typesUnder } from '../../synthesis';

function context(text: string, architecture: BuildContext['architecture'] = 'x86_64'): BuildContext {
  const method = { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [['A', '${x}']] } as const;
  return { architecture, method, files: [textEntry('Dockerfile', text)], init: true };
}

function make(
  contexts: readonly BuildContext[],
  imageBuilder: ImageBuilderKind = 'codebuild',
  stackName = 'reports',
  region?: string,
) {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName, aws });
  const builds = new ImageBuilds(stack, 'images', { stackName, aws, undeliveredEvents, imageBuilder, region });
  const images = contexts.map((one) => builds.image(one, 'nightly'));
  return { stack, builds, images, synthesis: () => new Synthesis(stack) };
}

type Template = {
  Resources: { [id: string]: { Type: string; DependsOn?: string; Properties: { [name: string]: string } } };
};
const template = (synthesis: Synthesis) =>
  document<Template>(synthesis.one('aws_s3_object', 'codebuild_Template').content).Resources;

const ONE = context('FROM one');

describe('images built by CodeBuild', () => {
  it('make', () => {
    expect(typesUnder(make([ONE]).builds)).toEqual([
      'aws_cloudformation_stack', // waits for the images
      'aws_cloudwatch_event_rule', // the notice that a build has ended
      'aws_cloudwatch_event_target',
      'aws_cloudwatch_log_group 2', // of the builds, and of the function
      'aws_codebuild_project', // one for each architecture
      'aws_ecr_lifecycle_policy', // layers of builds long ago go
      'aws_ecr_repository 2', // images, and the layers of their builds
      'aws_iam_role 2', // of the builds, and of the function
      'aws_iam_role_policy 2',
      'aws_lambda_function', // starts builds and answers CloudFormation
      'aws_lambda_permission',
      'aws_s3_bucket', // the contexts, private
      'aws_s3_bucket_policy',
      'aws_s3_object 2', // one context, and the template
    ]);
  });

  it('are built once each, in a project for their architecture, in an order of their own', () => {
    const other = context('FROM two', 'arm64');
    const [one, reverse] = [make([ONE, other, ONE]).synthesis(), make([other, ONE]).synthesis()];
    expect(Object.keys(template(one))).toHaveLength(2);
    expect(template(one)).toEqual(template(reverse));
    expect(one.all('aws_codebuild_project').map(({ environment }) => environment)).toEqual([
      expect.objectContaining({ type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' }),
      expect.objectContaining({ type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' }),
    ]);
  });

  it('say what to build, with strings of a config escaped for Terraform', () => {
    const [[id = '', resource] = []] = Object.entries(template(make([ONE]).synthesis()));
    expect(id).toMatch(/^Image[0-9a-f]{64}$/);
    const digest = id.slice('Image'.length);
    const repository = 'aws_ecr_repository.images_repository';
    expect(resource).toEqual({
      Type: 'Custom::ContainerImage',
      Properties: {
        ServiceToken: '${aws_lambda_function.images_codebuild_Function.arn}',
        ServiceTimeout: '3600',
        ProjectName: '${aws_codebuild_project.images_codebuild_Project-x86_64.name}',
        RepositoryName: `\${${repository}.name}`,
        Tag: digest,
        Image: `\${${repository}.repository_url}:${digest}`,
        ContextUri: `s3://\${aws_s3_bucket.images_codebuild_Contexts.bucket}/\${aws_s3_object.images_codebuild_ContextObject-${digest.slice(0, 16)}.key}`,
        Buildspec: expect.stringContaining("--build-arg 'A=$${x}'"),
      },
    });
  });

  it('are waited for, longer than CloudFormation waits, and only when all that builds them is there', () => {
    const block = make([ONE]).synthesis().one('aws_cloudformation_stack');
    expect(block.timeouts).toEqual({ create: '75m', update: '75m', delete: '75m' });
    const [id = ''] = Object.keys(template(make([ONE]).synthesis()));
    expect(block.depends_on).toEqual([
      'aws_cloudwatch_event_rule.images_codebuild_BuildEnded',
      'aws_lambda_permission.images_codebuild_Permission',
      'aws_cloudwatch_event_target.images_codebuild_Target',
      'aws_iam_role.images_codebuild_BuildRole',
      'aws_iam_role_policy.images_codebuild_BuildRole_Policy',
      'aws_iam_role.images_codebuild_Function_Role',
      'aws_iam_role_policy.images_codebuild_Function_Role_Policy',
      'aws_cloudwatch_log_group.images_codebuild_LogGroup',
      `aws_s3_object.images_codebuild_ContextObject-${id.slice('Image'.length, 'Image'.length + 16)}`,
    ]);
  });

  it('are requested by a template in S3, whose address changes with its content, and which has no tags', () => {
    const [one, two] = [make([ONE]).synthesis(), make([ONE, context('FROM two')]).synthesis()];
    const object = (synthesis: Synthesis) => synthesis.one('aws_s3_object', 'codebuild_Template');
    expect(object(one).key).toMatch(/^images-[0-9a-f]{16}\.json$/);
    expect(object(one).key).not.toBe(object(two).key);
    expect(object(one).key).toBe(object(make([ONE]).synthesis()).key);
    const bucket = 'aws_s3_bucket.images_codebuild_Contexts';
    expect(one.one('aws_cloudformation_stack').template_url).toBe(
      `https://\${trimprefix(${bucket}.bucket_regional_domain_name, "\${${bucket}.bucket}.")}/\${${bucket}.bucket}/\${aws_s3_object.images_codebuild_Template.key}`,
    );
    // S3 takes ten tags of an object; the stack's may be fifty.
    for (const { override_provider: provider } of one.all('aws_s3_object')) {
      expect(provider).toEqual({ default_tags: { tags: {} } });
    }
  });

  it('may be 200: six at a time, so that none waits out the hour that CloudFormation gives each', () => {
    const contexts = Array.from({ length: 200 }, (_, index) => context(`FROM image${index}`));
    const synthesis = make(contexts).synthesis();
    const resources = Object.entries(template(synthesis));
    expect(resources).toHaveLength(200);
    const dependsOn = resources.map(([, resource]) => resource.DependsOn);
    expect(dependsOn.slice(0, 6)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined]);
    expect(dependsOn.slice(6)).toEqual(resources.slice(0, -6).map(([id]) => id));
    expect(String(synthesis.one('aws_s3_object', 'codebuild_Template').content).length).toBeLessThan(500_000);
    // 34 rounds of an hour each, and CloudFormation's own work.
    expect(synthesis.one('aws_cloudformation_stack').timeouts).toMatchObject({ create: '2055m', update: '2055m' });
  });

  it('have less time than CloudFormation waits, and may wait for a machine as long', () => {
    const { build_timeout, queued_timeout } = make([ONE]).synthesis().one('aws_codebuild_project');
    expect([build_timeout, queued_timeout]).toEqual([50, 50]);
  });

  it('are built with no more than that takes', () => {
    const repository = '${aws_ecr_repository.images_repository.arn}';
    expect(permissions(make([ONE]).synthesis(), 'BuildRole_Policy')).toEqual([
      {
        Sid: 'ReadContexts',
        Effect: 'Allow',
        Action: ['s3:GetObject'],
        Resource: ['${aws_s3_bucket.images_codebuild_Contexts.arn}/*'],
      },
      { Sid: 'RegistryLogin', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      {
        Sid: 'PushImage',
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        Resource: [repository],
      },
      {
        Sid: 'KeepLayers',
        Effect: 'Allow',
        Action: [
          'ecr:BatchCheckLayerAvailability',
          'ecr:BatchGetImage',
          'ecr:CompleteLayerUpload',
          'ecr:GetDownloadUrlForLayer',
          'ecr:InitiateLayerUpload',
          'ecr:PutImage',
          'ecr:UploadLayerPart',
        ],
        Resource: ['${aws_ecr_repository.images_codebuild_Layers.arn}'],
      },
      {
        Sid: 'WriteLog',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['${aws_cloudwatch_log_group.images_codebuild_LogGroup.arn}:*'],
      },
    ]);
    const statements = permissions(make([ONE]).synthesis(), 'Function_Role_Policy');
    const build = (name: string) =>
      `arn:\${data.aws_partition.aws_Partition.partition}:codebuild:\${data.aws_region.aws_Region.id}:\${data.aws_caller_identity.aws_Account.account_id}:project/${name}`;
    expect(statements.map(({ Action, Resource }) => [Action, Resource])).toEqual([
      [['ecr:DescribeImages'], [repository]],
      [
        ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'],
        [build('reports-images-x86-64'), build('reports-images-arm64')],
      ],
      // Itself, when a request outlives its invocation.
      [['lambda:InvokeFunction'], [expect.stringMatching(/:lambda:.*:function:reports-image-builder$/)]],
      [['logs:GetLogEvents'], ['${aws_cloudwatch_log_group.images_codebuild_LogGroup.arn}:*']],
      [
        ['logs:CreateLogStream', 'logs:PutLogEvents'],
        ['${aws_cloudwatch_log_group.images_codebuild_Function_LogGroup.arn}:*'],
      ],
    ]);
  });

  it('wake the function when a build of their projects has ended, however', () => {
    const rule = make([ONE]).synthesis().one('aws_cloudwatch_event_rule');
    expect(document<unknown>(rule.event_pattern)).toEqual({
      source: ['aws.codebuild'],
      'detail-type': ['CodeBuild Build State Change'],
      detail: {
        'build-status': ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'],
        'project-name': ['reports-images-x86-64', 'reports-images-arm64'],
      },
    });
  });

  it('have names that every service accepts, for any name of the stack', () => {
    const synthesis = make([ONE], 'codebuild', `Stack_${'y'.repeat(140)}_`).synthesis();
    for (const { name } of synthesis.all('aws_ecr_repository')) expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(new Set(synthesis.all('aws_ecr_repository').map(({ name }) => name)).size).toBe(2);
    expect(synthesis.one('aws_cloudformation_stack').name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
    expect(synthesis.one('aws_codebuild_project').name).toMatch(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/);
  });
});

describe('the repository', () => {
  it('never moves a tag, scans, and goes with the stack', () => {
    const synthesis = make([ONE]).synthesis();
    expect(synthesis.one('aws_ecr_repository', 'images_repository')).toEqual({
      name: 'reports-jobs',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'AES256' }],
      force_delete: true,
    });
  });
});

describe('the layers that builds leave for the next ones', () => {
  it('are in a separate repository, where tags move, and expire a month after the last build', () => {
    const synthesis = make([ONE]).synthesis();
    expect(synthesis.one('aws_ecr_repository', 'Layers')).toEqual({
      name: 'reports-layers',
      image_tag_mutability: 'MUTABLE',
      encryption_configuration: [{ encryption_type: 'AES256' }],
      force_delete: true,
    });
    const { rules } = document<{ rules: object[] }>(
      synthesis.one('aws_ecr_lifecycle_policy', 'Layers_Lifecycle').policy,
    );
    expect(rules).toEqual([
      {
        rulePriority: 1,
        description: 'Layers that a newer build replaced',
        selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1 },
        action: { type: 'expire' },
      },
      {
        rulePriority: 2,
        description: 'Layers of jobs that are not built any more',
        selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 30 },
        action: { type: 'expire' },
      },
    ]);
  });

  it('bear the name of the job and the architecture', () => {
    const specification = (one: BuildContext) =>
      Object.values(template(make([one]).synthesis()))[0]?.Properties.Buildspec;
    expect(specification(ONE)).toContain('/reports-layers:nightly-x86_64,mode=max');
    expect(specification(context('FROM one', 'arm64'))).toContain('/reports-layers:nightly-arm64,mode=max');
  });
});

describe('what a build needs', () => {
  const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
  const NEEDS: BuildContext = {
    ...ONE,
    secrets: [
      { name: 'NPM_TOKEN', reference: "$Secret('npm.token')" },
      { name: 'PIP', reference: "$Parameter('/pip/index')" },
    ],
    logins: [{ registry: 'ghcr.io', secretArn }],
    pulls: ['210987654321.dkr.ecr.us-east-1.amazonaws.com/base/python:3.12', 'busybox', 'build'],
  };
  const npm = '${data.aws_secretsmanager_secret.aws_Secret-7d3e5a44.arn}';
  const account = '${data.aws_caller_identity.aws_Account.account_id}';
  const own = `\${data.aws_region.aws_Region.id}:${account}`;
  const partition = '${data.aws_partition.aws_Partition.partition}';

  it('is all that the role of builds can do, before the first build begins', () => {
    const synthesis = make([NEEDS, ONE]).synthesis();
    const secret = Object.keys(synthesis.byId('data.aws_secretsmanager_secret'))[0];
    const named = (text: string) => text.replace(npm, `\${data.aws_secretsmanager_secret.${secret}.arn}`);
    const statements = permissions(synthesis, 'BuildRole_Grants').map(({ Action, Resource, Condition }) => [
      Action,
      Resource,
      ...(Condition === undefined ? [] : [Condition]),
    ]);
    const pip = `arn:${partition}:ssm:${own}:parameter/pip/index`;
    expect(statements).toEqual([
      [['secretsmanager:GetSecretValue'], [named(npm), secretArn]],
      [
        ['kms:Decrypt'],
        [`arn:${partition}:kms:${own}:key/*`, 'arn:aws:kms:eu-west-1:123456789012:key/*'],
        {
          StringEquals: { 'kms:EncryptionContext:SecretARN': [named(npm), secretArn] },
          StringLike: { 'kms:ViaService': 'secretsmanager.*' },
        },
      ],
      [['ssm:GetParameters'], [pip]],
      [['kms:Decrypt'], [`arn:${partition}:kms:${own}:key/*`], expect.anything()],
      [
        ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        [`arn:${partition}:ecr:us-east-1:210987654321:repository/base/python`],
      ],
    ]);
    expect(synthesis.one('aws_cloudformation_stack').depends_on).toContain(
      'aws_iam_role_policy.images_codebuild_BuildRole_Grants',
    );
    expect(make([ONE]).synthesis().all('aws_iam_role_policy')).toHaveLength(2);
  });

  it('is read by Docker builds while Terraform applies, and is in neither plan nor state', () => {
    const synthesis = make([NEEDS], 'docker').synthesis();
    const ephemeral = synthesis.section('ephemeral') as { [type: string]: { [name: string]: object } };
    const [[npmName = ''] = [], [ghcr = ''] = []] = Object.entries(
      ephemeral.aws_secretsmanager_secret_version ?? {},
    ).sort(([, a]) => (JSON.stringify(a).includes('npm') ? -1 : 1));
    const [pip = ''] = Object.keys(ephemeral.aws_ssm_parameter ?? {});
    expect(ephemeral).toEqual({
      aws_secretsmanager_secret_version: { [npmName]: { secret_id: 'npm' }, [ghcr]: { secret_id: secretArn } },
      aws_ssm_parameter: { [pip]: { arn: `arn:${partition}:ssm:${own}:parameter/pip/index` } },
    });
    expect(synthesis.section('terraform')).toMatchObject({ required_version: '>= 1.10' });
    const { provisioner } = synthesis.one('terraform_data') as {
      provisioner: { 'local-exec': { command: string; environment: { [name: string]: string } } }[];
    };
    const [build, log, push] = provisioner.map((step) => step['local-exec']);
    const secretString = (name: string) => `ephemeral.aws_secretsmanager_secret_version.${name}.secret_string`;
    expect(build?.environment).toMatchObject({
      BUILD_SECRET_NPM_TOKEN: `\${jsondecode(${secretString(npmName)})["token"]}`,
      BUILD_SECRET_PIP: `\${ephemeral.aws_ssm_parameter.${pip}.value}`,
      REGISTRY_AUTH_0: `\${base64encode(join(":", [jsondecode(${secretString(ghcr)})["username"], jsondecode(${secretString(ghcr)})["password"]]))}`,
      ECR_AUTH_0: '${data.aws_ecr_authorization_token.images_docker_Token-us-east-1.authorization_token}',
    });
    expect(synthesis.byId('data.aws_ecr_authorization_token')).toMatchObject({
      'images_docker_Token-us-east-1': { region: 'us-east-1' },
    });
    // The step that shows the log is handed nothing that Terraform would hide it for.
    expect(Object.keys(log?.environment ?? {})).toEqual(['CONTEXT', 'IMAGE']);
    expect(push?.command).toContain('docker push');
  });

  it('takes the token of the registry that is pushed to for base images of the same region', () => {
    const { stack, builds } = make([], 'docker', 'reports', 'us-east-1');
    builds.image(NEEDS, 'nightly');
    expect(Object.keys(new Synthesis(stack).byId('data.aws_ecr_authorization_token'))).toEqual(['images_docker_Token']);
  });
});

describe('images built by Docker', () => {
  it('make', () => {
    expect(typesUnder(make([ONE], 'docker').builds)).toEqual([
      'aws_ecr_repository',
      'terraform_data', // runs docker
    ]);
  });

  it('are built again when their digest changes, and pushed with a password that hides no output of the build', () => {
    const block = make([ONE, ONE], 'docker').synthesis().one('terraform_data');
    const [{ 'local-exec': build }, { 'local-exec': push }] = block.provisioner as [
      { 'local-exec': { command: string; environment: { [name: string]: string } } },
      { 'local-exec': { command: string; environment: { [name: string]: string } } },
    ];
    expect(block.triggers_replace).toEqual({ image: build.environment.IMAGE });
    expect(build.command).toBe(
      `docker build --platform linux/amd64 --file 'Dockerfile' --build-arg 'A=$\${x}' --tag "$IMAGE" - < "$CONTEXT"`,
    );
    expect(build.environment.CONTEXT).toMatch(/^assets\/.*\/context\.tar\.gz$/);
    expect(JSON.stringify(build)).not.toContain('password');
    expect(push.environment.REGISTRY_AUTH).toBe(
      '${data.aws_ecr_authorization_token.images_docker_Token.authorization_token}',
    );
    expect(push.command).toContain('docker push');
  });
});

it.each(['codebuild', 'docker'] as const)('gives a job its image, and what it must wait for: %s', (kind) => {
  const { images } = make([ONE], kind);
  expect(images[0]).toMatchObject({ init: true });
  expect(images[0]?.dependencies).toHaveLength(1);
  expect(images[0]?.pullStatements.map(({ Sid }) => Sid)).toEqual(['RegistryLogin', 'PullImage']);
});
