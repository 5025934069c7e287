import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CodebuildProject } from '@cdktf/provider-aws/lib/codebuild-project';
import type { Construct } from 'constructs';
import { NAME_LIMITS, physicalName } from '../../naming';
import { description } from '../../rules/descriptions';
import type { Architecture } from '../build-context';

/**
 * Minutes that a build may take. CloudFormation waits an hour for each, all waiting included:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
 */
export const BUILD_TIMEOUT_MINUTES = 50;

/**
 * Minutes that a build may wait for a machine: in an account that runs one build at a time, for those of the other lanes. Both together are more than the hour:
 * whichever is short leaves its time to the other.
 */
export const QUEUE_TIMEOUT_MINUTES = 50;

/** AWS's own machine images, Amazon Linux 2023 with Docker: https://docs.aws.amazon.com/codebuild/latest/userguide/build-env-ref-available.html */
const MACHINES: { readonly [Name in Architecture]: { readonly type: string; readonly image: string } } = {
  x86_64: { type: 'LINUX_CONTAINER', image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0' },
  arm64: { type: 'ARM_CONTAINER', image: 'aws/codebuild/amazonlinux-aarch64-standard:3.0' },
};

/** Names of the projects that a stack may have, whether or not it needs them all. */
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

/** The CodeBuild project for images of one architecture. What it builds, each build says itself. */
export function buildProject(scope: Construct, id: string, props: BuildProjectProps): CodebuildProject {
  const { stackName, architecture, roleArn, logGroup } = props;
  return new CodebuildProject(scope, id, {
    name: buildProjectNames(stackName)[architecture],
    description: description('codebuildProject', `Builds the ${architecture} images of ${stackName}`),
    serviceRole: roleArn,
    artifacts: { type: 'NO_ARTIFACTS' },
    environment: {
      ...MACHINES[architecture],
      // 4 vCPUs and 8 GiB: compilers and bundlers of real projects do not fit into half of it.
      computeType: 'BUILD_GENERAL1_MEDIUM',
      // The Docker engine runs inside.
      privilegedMode: true,
    },
    // The project itself has nothing to build, and CodeBuild wants a specification all the same.
    source: {
      type: 'NO_SOURCE',
      buildspec: JSON.stringify({ version: 0.2, phases: { build: { commands: ['true'] } } }),
    },
    buildTimeout: BUILD_TIMEOUT_MINUTES,
    queuedTimeout: QUEUE_TIMEOUT_MINUTES,
    logsConfig: { cloudwatchLogs: { groupName: logGroup.name } },
  });
}
