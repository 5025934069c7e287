import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import { CloudwatchEventRule } from '@cdktf/provider-aws/lib/cloudwatch-event-rule';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import type { CodebuildProject } from '@cdktf/provider-aws/lib/codebuild-project';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { Fn, type ITerraformDependable, Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { ServiceRole } from '../../access/service-role';
import { invokeByRule } from '../../invocation/event-rule';
import { NodeFunction } from '../../orchestration/node-function';
import type { UndeliveredEvents } from '../../orchestration/undelivered-events';
import { createZippedSource } from '../../orchestration/zipped-source';
import { ConfigError } from '../../problems/config-error';
import { description } from '../../rules/descriptions';
import { MAX_FUNCTION_SECONDS } from '../../rules/function-timeout';
import { imageBuilderName } from '../../rules/job-names';
import { DEFAULT_RETENTION_DAYS } from '../../rules/log-retention';
import { NAME_LIMITS, physicalName, shortHash } from '../../rules/naming';
import { QUOTAS } from '../../rules/quotas';
import { createPrivateBucket } from '../../storage/private-bucket';
import type { AwsContext } from '../../terraform/aws-context';
import { jsonLiteral } from '../../terraform/literal';
import { resolved } from '../../terraform/resolved';
import type { Architecture, BuildContext } from '../build-context';
import { buildPermissions } from './build-permissions';
import { buildProjectNames, createBuildProject } from './build-project';
import { createBuildRole } from './build-role';
import { buildSpecification } from './build-specification';
import { BUILDER_HANDLER, bundleBuilderFunction } from './builder-bundle';
import { createContextFile } from './context-file';
import { hoursFor, type ImageRequest, imagesTemplate } from './images-template';
import { LayerCacheRepository } from './layer-cache';
import type { ImageRepository } from './repository';

/** Minutes that CloudFormation can use in addition to the hours for the images. */
const AROUND_MINUTES = 15;

/** An S3 object has a maximum of 10 tags, and the stack can have more. */
const WITHOUT_TAGS = { defaultTags: { tags: {} } };

export interface BuilderProps {
  readonly stackName: string;
  readonly aws: AwsContext;
  readonly repository: ImageRepository;
  readonly undeliveredEvents: UndeliveredEvents;
}

/**
 * Builds images with CodeBuild in your account. Terraform waits for a CloudFormation stack with one custom resource per image. A function
 * responds to CloudFormation immediately if the image exists, or when EventBridge reports the end of its build.
 */
export class CodebuildBuilder extends Construct {
  readonly contexts: S3Bucket;
  readonly layers: LayerCacheRepository;
  readonly logGroup: CloudwatchLogGroup;
  readonly role: ServiceRole;
  readonly function: NodeFunction;
  readonly images: CloudformationStack;
  private readonly props: BuilderProps;
  private readonly projects = new Map<Architecture, CodebuildProject>();
  private readonly requests = new Map<string, ImageRequest>();

  constructor(scope: Construct, id: string, props: BuilderProps) {
    super(scope, id);
    this.props = props;
    const { stackName, aws, repository } = props;
    this.contexts = createPrivateBucket(new Construct(this, 'Contexts'), {
      aws,
      name: [stackName, 'images'],
      forceDestroy: true,
    });
    this.logGroup = new CloudwatchLogGroup(this, 'LogGroup', {
      name: `/batch-jobs/${physicalName(NAME_LIMITS.logGroup - '/batch-jobs/'.length, `${stackName}/image-builds`)}`,
      retentionInDays: DEFAULT_RETENTION_DAYS,
      kmsKeyId: aws.kmsKeyArn,
    });
    this.layers = new LayerCacheRepository(this, 'Layers', { stackName });
    const { contexts, layers, logGroup } = this;
    this.role = createBuildRole(this, 'BuildRole', { stackName, aws, contexts, repository, layers, logGroup });
    this.function = this.createFunction();
    const notices = this.createNotices();
    this.images = new CloudformationStack(this, 'Images', {
      // CloudFormation stack names can't have underscores.
      name: physicalName(NAME_LIMITS.cloudformationStack, stackName, 'images').replace(/_/g, '-'),
      templateUrl: this.templateUrl(),
      timeouts: { create: this.applyTimeout, update: this.applyTimeout, delete: this.applyTimeout },
      dependsOn: [...notices, ...this.role.dependencies, ...this.function.role.dependencies, logGroup],
    });
  }

  /** URL of the template. An inline template has a maximum of 51,200 bytes, which about 30 images reach. */
  private templateUrl(): string {
    const { bucket, bucketRegionalDomainName } = this.contexts;
    // Keeps the partition's host name suffix, with the bucket in the path: `https://s3.<region>.<suffix>/<bucket>/<key>`.
    const host = Fn.trimprefix(bucketRegionalDomainName, `${bucket}.`);
    return `https://${host}/${bucket}/${this.createTemplate().key}`;
  }

  /** Uploads the template under a key that changes with its content. CloudFormation updates the stack only if the template's URL changes. */
  private createTemplate(): S3Object {
    const content = () => jsonLiteral(this.template());
    return new S3Object(this, 'Template', {
      bucket: this.contexts.bucket,
      key: Lazy.stringValue({ produce: () => `images-${shortHash(resolved(this, content()), 16)}.json` }),
      content: Lazy.stringValue({ produce: content }),
      contentType: 'application/json',
      overrideProvider: WITHOUT_TAGS,
    });
  }

  private get applyTimeout(): string {
    return Lazy.stringValue({ produce: () => `${hoursFor(this.requests.size) * 60 + AROUND_MINUTES}m` });
  }

  /**
   * Builds an image. Resources that need the image must depend on the returned dependencies.
   *
   * @throws ConfigError if there are more images than a CloudFormation template can have resources
   */
  build(context: BuildContext, digest: string, job: string): ITerraformDependable {
    if (!this.requests.has(digest)) this.createRequest(context, digest, job);
    if (this.requests.size <= QUOTAS.resourcesOfTemplate) return this.images;
    const problem = {
      keys: ['resources'],
      found: `${this.requests.size} images to build`,
      accepted: `at most ${QUOTAS.resourcesOfTemplate} in one stack`,
      fix: 'split the jobs into several stacks, or use prebuilt-image or imageBuilder: docker',
    };
    throw new ConfigError([problem], this.node.path);
  }

  private createRequest(context: BuildContext, digest: string, job: string): void {
    const { repository } = this.props;
    const shortDigest = digest.slice(0, 16);
    const archive = createContextFile(this, `Context-${shortDigest}`, context, digest);
    const object = new S3Object(this, `ContextObject-${shortDigest}`, {
      bucket: this.contexts.bucket,
      key: `${digest}.tar.gz`,
      source: archive.path,
      overrideProvider: WITHOUT_TAGS,
    });
    const permissions = buildPermissions(this.props.aws, context);
    const granted = permissions.length === 0 ? [] : [this.role.grant(object, permissions).fqn];
    this.images.dependsOn = [
      ...new Set([
        ...(this.images.dependsOn ?? []),
        `${object.terraformResourceType}.${object.friendlyUniqueId}`,
        ...granted,
      ]),
    ];
    this.requests.set(digest, {
      digest,
      image: repository.image(digest),
      repositoryName: repository.repository.name,
      projectName: this.project(context.architecture).name,
      contextUri: `s3://${this.contexts.bucket}/${object.key}`,
      buildSpecification: buildSpecification(context, this.layers.of(job, context.architecture)),
    });
  }

  private project(architecture: Architecture): CodebuildProject {
    const existing = this.projects.get(architecture);
    if (existing !== undefined) return existing;
    const { stackName } = this.props;
    const made = createBuildProject(this, `Project-${architecture}`, {
      stackName,
      architecture,
      roleArn: this.role.arn,
      logGroup: this.logGroup,
    });
    this.projects.set(architecture, made);
    return made;
  }

  private template() {
    return imagesTemplate(this.function.function.arn, [...this.requests.values()]);
  }

  private createFunction(): NodeFunction {
    const { stackName, aws, repository, undeliveredEvents } = this.props;
    const nameParts = [stackName, 'image-builder'];
    const functionName = imageBuilderName(stackName);
    const projects = Object.values(buildProjectNames(stackName)).map((name) => aws.arn('codebuild', `project/${name}`));
    return new NodeFunction(this, 'Function', {
      name: `${stackName}-image-builder`,
      nameParts,
      aws,
      description: `Has the images of ${stackName} built and says when they are`,
      archive: createZippedSource(this, bundleBuilderFunction(), 'builder.zip'),
      handler: BUILDER_HANDLER,
      memoryMb: 256,
      // Most of an invocation is waiting for a free machine: the longest timeout means the fewest invocations.
      timeoutSeconds: MAX_FUNCTION_SECONDS,
      variables: { AWS_PARTITION: aws.partition },
      statements: [
        { Sid: 'FindImage', Action: ['ecr:DescribeImages'], Resource: [repository.repository.arn] },
        { Sid: 'Build', Action: ['codebuild:BatchGetBuilds', 'codebuild:StartBuild'], Resource: projects },
        { Sid: 'WaitOn', Action: ['lambda:InvokeFunction'], Resource: [aws.arn('lambda', `function:${functionName}`)] },
        { Sid: 'ReadBuildLog', Action: ['logs:GetLogEvents'], Resource: [`${this.logGroup.arn}:*`] },
      ],
      undeliveredEvents: undeliveredEvents.queue,
      // Its events are not those of jobs. CloudFormation reports a build that did not start or end.
      keepsFailedEvents: false,
      retentionDays: DEFAULT_RETENTION_DAYS,
    });
  }

  /** Invokes the function when a build of the stack ends. */
  private createNotices(): ITerraformDependable[] {
    const { stackName } = this.props;
    const rule = new CloudwatchEventRule(this, 'BuildEnded', {
      name: physicalName(NAME_LIMITS.eventRule, stackName, 'image-build-ended'),
      description: description('eventRule', `An image of ${stackName} was built, or could not be`),
      eventPattern: jsonLiteral({
        source: ['aws.codebuild'],
        'detail-type': ['CodeBuild Build State Change'],
        detail: {
          'build-status': ['SUCCEEDED', 'FAILED', 'FAULT', 'STOPPED', 'TIMED_OUT'],
          'project-name': Object.values(buildProjectNames(stackName)),
        },
      }),
    });
    const permission = new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: this.function.function.functionName,
      principal: 'events.amazonaws.com',
      sourceArn: rule.arn,
    });
    const { ruleTarget } = invokeByRule(this, { rule, target: this.function, permission });
    return [rule, permission, ruleTarget];
  }
}
