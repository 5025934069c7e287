import { AwsContext } from '../../../modules/aws-context';
import type { BuildContext } from '../../../modules/container/build-context';
import { type ImageBuilderKind, ImageBuilds } from '../../../modules/container/builder/image-builds';
import { textEntry } from '../../../modules/container/source-files';
import { UndeliveredEvents } from '../../../modules/orchestration/undelivered-events';
import { document, foreignStack, permissions, Synthesis, typesUnder } from '../../synthesis';

function context(text: string, architecture: BuildContext['architecture'] = 'x86_64'): BuildContext {
  const method = { tool: 'docker', dockerfile: 'Dockerfile', buildArgs: [['A', '${x}']] } as const;
  return { architecture, method, files: [textEntry('Dockerfile', text)], init: true };
}

function make(contexts: readonly BuildContext[], imageBuilder: ImageBuilderKind = 'codebuild', stackName = 'reports') {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName, aws });
  const builds = new ImageBuilds(stack, 'images', { stackName, aws, undeliveredEvents, imageBuilder });
  const images = contexts.map((one) => builds.image(one));
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
      'aws_ecr_lifecycle_policy', // images without a tag go
      'aws_ecr_repository',
      'aws_iam_role 2', // of the builds, and of the function
      'aws_iam_role_policy 2',
      'aws_lambda_function', // starts builds and answers CloudFormation
      'aws_lambda_function_event_invoke_config',
      'aws_lambda_permission',
      'aws_s3_bucket', // the contexts, private
      'aws_s3_bucket_lifecycle_configuration',
      'aws_s3_bucket_ownership_controls',
      'aws_s3_bucket_policy',
      'aws_s3_bucket_public_access_block',
      'aws_s3_bucket_server_side_encryption_configuration',
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

  it('say what to build, with texts of a config escaped for Terraform', () => {
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

  it('are asked for by a template in S3, whose address changes with what stands in it, and which bears no tags', () => {
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
      [['sqs:SendMessage'], ['${aws_sqs_queue.undelivered_Queue.arn}']],
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

  it('have names that every service takes, whatever the stack is called', () => {
    const synthesis = make([ONE], 'codebuild', `Stack_${'y'.repeat(140)}_`).synthesis();
    expect(synthesis.one('aws_ecr_repository').name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(synthesis.one('aws_cloudformation_stack').name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
    expect(synthesis.one('aws_codebuild_project').name).toMatch(/^[A-Za-z0-9][A-Za-z0-9\-_]{1,149}$/);
  });
});

describe('the repository', () => {
  it('never moves a tag, scans, and goes with the stack', () => {
    const synthesis = make([ONE]).synthesis();
    expect(synthesis.one('aws_ecr_repository')).toEqual({
      name: 'reports-jobs',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'AES256' }],
      force_delete: true,
    });
    expect(document<unknown>(synthesis.one('aws_ecr_lifecycle_policy').policy)).toEqual({
      rules: [
        expect.objectContaining({ selection: expect.objectContaining({ tagStatus: 'untagged', countNumber: 1 }) }),
      ],
    });
  });
});

describe('images built by Docker', () => {
  it('make', () => {
    expect(typesUnder(make([ONE], 'docker').builds)).toEqual([
      'aws_ecr_lifecycle_policy',
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
    expect(push.environment.REGISTRY_PASSWORD).toBe('${data.aws_ecr_authorization_token.images_docker_Token.password}');
    expect(push.command).toContain('docker push');
  });
});

it.each(['codebuild', 'docker'] as const)('gives a job its image, and what it must wait for: %s', (kind) => {
  const { images } = make([ONE], kind);
  expect(images[0]).toMatchObject({ init: true });
  expect(images[0]?.dependencies).toHaveLength(1);
  expect(images[0]?.pullStatements.map(({ Sid }) => Sid)).toEqual(['RegistryLogin', 'PullImage']);
});
