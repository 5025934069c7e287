import { LaunchTemplate } from '@cdktf/provider-aws/lib/launch-template';
import { Lazy } from 'cdktf';
import type { Construct } from 'constructs';
import { nameTag } from '../rules/descriptions';
import { NAME_LIMITS, physicalNamePrefix } from '../rules/naming';
import type { RootVolume } from '../rules/root-volume';
import type { AwsContext } from '../terraform/aws-context';
import { literals } from '../terraform/literal';
import { userDataBase64 } from './user-data';

export interface JobLaunchTemplateProps extends RootVolume {
  readonly stackName: string;
  readonly aws: Pick<AwsContext, 'kmsKeyArn'>;
  /** Whether containers' files are on the instance store. @default false: on the root volume */
  readonly instanceStore?: boolean;
  readonly tags: { readonly [key: string]: string };
  /** Whether no image of a job can change. Asked at the end of synthesis, when all jobs are known. */
  readonly pullOnce: () => boolean;
  /** Part of the user data that a config adds. @default none */
  readonly userData?: string;
}

/** Launch settings of every compute environment: IMDSv2 only, encrypted gp3 root volume, ECS settings and the Spot watcher. */
export function createJobLaunchTemplate(scope: Construct, id: string, props: JobLaunchTemplateProps): LaunchTemplate {
  const { stackName, aws, rootVolumeGb, instanceStore, tags, pullOnce, userData } = props;
  const { rootVolumeIops, rootVolumeThroughputMibps } = props;
  return new LaunchTemplate(scope, id, {
    namePrefix: physicalNamePrefix(NAME_LIMITS.launchTemplatePrefix, stackName, 'batch'),
    // Hop limit 2: containers on the bridge network are one hop further away than the instance.
    metadataOptions: { httpEndpoint: 'enabled', httpTokens: 'required', httpPutResponseHopLimit: 2 },
    blockDeviceMappings: [
      {
        // The root device of Amazon Linux 2023.
        deviceName: '/dev/xvda',
        ebs: {
          volumeSize: rootVolumeGb,
          volumeType: 'gp3',
          iops: rootVolumeIops,
          throughput: rootVolumeThroughputMibps,
          encrypted: 'true',
          kmsKeyId: aws.kmsKeyArn,
          deleteOnTermination: 'true',
        },
      },
    ],
    // Volumes only: the compute environment tags the instances, and the same tag in both places fails if the values differ.
    tagSpecifications: [{ resourceType: 'volume', tags: { ...nameTag(stackName, 'batch'), ...literals(tags) } }],
    userData: Lazy.stringValue({
      produce: () => userDataBase64({ added: userData, instanceStore, pullOnce: pullOnce() }),
    }),
    lifecycle: { createBeforeDestroy: true },
  });
}
