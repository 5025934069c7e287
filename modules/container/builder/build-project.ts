import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CodebuildProject } from '@cdktf/provider-aws/lib/codebuild-project';
import type { Construct } from 'constructs';
import { description } from '../../rules/descriptions';
import { NAME_LIMITS, physicalName } from '../../rules/naming';
import type { Architecture } from '../build-context';

/**
 * Timeout of a build, in minutes. CloudFormation waits one hour for a build, including the time in the queue:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
const BUILD_TIMEOUT_MINUTES = 50;

/**
 * Maximum minutes in the queue. In an account that runs one build at a time, a build waits for the builds of the other lanes. The sum of
 * both limits exceeds the hour, so a build that starts early has more time to run.
 */
const QUEUE_TIMEOUT_MINUTES = 50;

/** Build images by AWS, Amazon Linux 2023 with Docker: https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const MACHINES: { readonly [Name in Architecture]: { readonly type: string; readonly image: string } } = {
  x86_64: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' },
  arm64: { type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
};

/** Names of all projects that a stack can have, even if it doesn't need each of them. */
export function buildProjectNames(stackName: string): { readonly [Name in Architecture]: string } {
  const name = (suffix: string) => physicalName(NAME_LIMITS.codebuildProject, stackName, 'images', suffix);
  return { x86_64: name('x86-64'), arm64: name('arm64') };
}

export interface BuildProjectProps {
  readonly stackName: string;
  readonly architecture: Architecture;
  readonly roleArn: string;
  readonly logGroup: CloudwatchLogGroup;
}

/** The CodeBuild project for images of one architecture. Each build brings its own build specification. */
export function createBuildProject(scope: Construct, id: string, props: BuildProjectProps): CodebuildProject {
  const { stackName, architecture, roleArn, logGroup } = props;
  return new CodebuildProject(scope, id, {
    name: buildProjectNames(stackName)[architecture],
    description: description('codebuildProject', `Builds the ${architecture} images of ${stackName}`),
    serviceRole: roleArn,
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      ...MACHINES[architecture],
      // 4 vCPUs and 8 GiB: the compilers and bundlers of real projects need more than half of that.
      computeType: 'BUILD_GENERAL1_MEDIUM',
      // Required to run the Docker engine in the build.
      privilegedMode: true,
    },
    // CodeBuild requires a specification, although each build overrides it.
    source: {
      type: 'NO_SOURCE',
      buildspec: JSON.stringify({ version: 0.2, phases: { build: { commands: ['true'] } } }),
    },
    buildTimeout: BUILD_TIMEOUT_MINUTES,
    queuedTimeout: QUEUE_TIMEOUT_MINUTES,
    logsConfig: { cloudwatchLogs: { groupName: logGroup.name } },
  });
}
