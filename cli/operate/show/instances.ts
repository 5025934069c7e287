import type { ContainerInstance } from '@aws-sdk/client-ecs';
import { AwsFault } from '../aws/fault';
import { bounded } from '../bounded';
import type { Deployment } from '../deployment';
import type { Optional } from '../optional';
import type { ContainerStart, RunStory } from '../run-story';

/** Container instances that DescribeContainerInstances accepts in one request. */
const PER_REQUEST = 100;

/** `arn:aws:ecs:<region>:<account>:container-instance/<cluster>/<id>` */
const INSTANCE_ARN = /^arn:[^:]+:ecs:[^:]+:[^:]+:container-instance\/([^/]+)\/[^/]+$/;

/** Type and zone of an instance. */
type Placement = Pick<ContainerStart, 'instanceType' | 'zone'>;

/** A story with the instances that its containers ran on, as far as ECS still knows them: it forgets an instance soon after its end. */
export async function withInstances(deployment: Deployment, story: RunStory, optional: Optional): Promise<RunStory> {
  const arns = story.attempts.flatMap(({ starts }) =>
    starts.map(({ containerInstanceArn = '' }) => containerInstanceArn),
  );
  const known = await optional.of('Instance types and zones', () => placements(deployment, [...new Set(arns)]));
  if (known === undefined || known.size === 0) return story;
  const attempts = story.attempts.map((attempt) => ({
    ...attempt,
    starts: attempt.starts.map((start) => ({ ...start, ...known.get(start.containerInstanceArn ?? '') })),
  }));
  return { ...story, attempts };
}

async function placements({ clients }: Deployment, arns: readonly string[]): Promise<Map<string, Placement>> {
  const byCluster = new Map<string, string[]>();
  for (const arn of arns) {
    const cluster = INSTANCE_ARN.exec(arn)?.[1];
    if (cluster !== undefined) byCluster.set(cluster, [...(byCluster.get(cluster) ?? []), arn]);
  }
  const found = new Map<string, Placement>();
  if (byCluster.size === 0) return found;
  const { DescribeContainerInstancesCommand } = require('@aws-sdk/client-ecs') as typeof import('@aws-sdk/client-ecs');
  await bounded([...byCluster], async ([cluster, all]) => {
    for (let start = 0; start < all.length; start += PER_REQUEST) {
      const containerInstances = all.slice(start, start + PER_REQUEST);
      const command = new DescribeContainerInstancesCommand({ cluster, containerInstances });
      const answer = await clients.ecs.send(command).catch(ifGone);
      for (const instance of answer?.containerInstances ?? []) {
        if (instance.containerInstanceArn !== undefined)
          found.set(instance.containerInstanceArn, placementOf(instance));
      }
    }
  });
  return found;
}

/** AWS Batch deletes the cluster with its compute environment. */
function ifGone(error: unknown): undefined {
  if (error instanceof AwsFault && error.code === 'ClusterNotFoundException') return undefined;
  throw error;
}

function placementOf({ attributes = [] }: ContainerInstance): Placement {
  const value = (name: string) => attributes.find((attribute) => attribute.name === name)?.value;
  return { instanceType: value('ecs.instance-type'), zone: value('ecs.availability-zone') };
}
