import { Optional } from '../../../../cli/operate/optional';
import type { RunStory } from '../../../../cli/operate/run-story';
import { withInstances } from '../../../../cli/operate/show/instances';
import { answers, deploymentOf, fault } from '../fake-aws';
import { attempt, story } from '../why/sample-facts';

const arn = (cluster: string, id: string | number) =>
  `arn:aws:ecs:eu-west-1:123456789012:container-instance/${cluster}/${id}`;

/** A run of one attempt for each list of instances. */
const ran = (...attempts: readonly (readonly (string | undefined)[])[]): RunStory =>
  story({
    attempts: attempts.map((instances) =>
      attempt({
        starts: instances.map((containerInstanceArn, index) => ({
          number: index + 1,
          isReclaim: false,
          containerInstanceArn,
        })),
      }),
    ),
  });

const instance = (containerInstanceArn: string | undefined, attributes?: object) => ({
  containerInstanceArn,
  attributes,
});
const placed = (type: string, zone: string) => [
  { name: 'ecs.instance-type', value: type },
  { name: 'ecs.availability-zone', value: zone },
];

async function told(given: RunStory, DescribeContainerInstances: unknown) {
  const answer = answers({ DescribeContainerInstances });
  const lines: string[] = [];
  const found = await withInstances(deploymentOf(answer), given, new Optional((line) => lines.push(line)));
  return { found, lines, requests: answer.requests.map(({ input }) => input) };
}

it('has the type and the zone of each instance, which each cluster is asked for once', async () => {
  const given = ran([arn('a', 1), arn('b', 2)], [arn('a', 1), arn('a', 3)]);
  const { found, requests } = await told(given, ({ containerInstances }: { containerInstances: string[] }) => ({
    containerInstances: containerInstances.map((each) =>
      instance(each, placed(`type-${each.slice(-1)}`, 'eu-west-1a')),
    ),
  }));
  expect(found.attempts.map(({ starts }) => starts.map(({ instanceType, zone }) => [instanceType, zone]))).toEqual([
    [
      ['type-1', 'eu-west-1a'],
      ['type-2', 'eu-west-1a'],
    ],
    [
      ['type-1', 'eu-west-1a'],
      ['type-3', 'eu-west-1a'],
    ],
  ]);
  expect(found).toMatchObject({ name: given.name, attempts: [{ jobId: given.attempts[0]?.jobId }, {}] });
  expect(requests).toEqual([
    { cluster: 'a', containerInstances: [arn('a', 1), arn('a', 3)] },
    { cluster: 'b', containerInstances: [arn('b', 2)] },
  ]);
});

it.each([
  [100, [100]],
  [101, [100, 1]],
])('asks for %s instances by %j', async (count, lengths) => {
  const { requests } = await told(ran(Array.from({ length: count }, (_, index) => arn('a', index))), {});
  expect(requests.map(({ containerInstances }) => (containerInstances as string[]).length)).toEqual(lengths);
});

it('asks for nothing if no container was on an instance of ECS', async () => {
  const given = ran([undefined, 'arn:aws:ecs:eu-west-1:123456789012:task/a/1', `${arn('a', 1)}/more`]);
  const { found, requests } = await told(given, {});
  expect(found).toBe(given);
  expect(requests).toEqual([]);
});

it('is the story itself if ECS knows no instance any more, or AWS Batch has deleted the cluster', async () => {
  const given = ran([arn('a', 1)]);
  expect(await told(given, { containerInstances: [] })).toMatchObject({ found: given, lines: [] });
  expect((await told(given, { containerInstances: [{}] })).found).toBe(given);
  const gone = await told(given, fault('ClusterNotFoundException'));
  expect(gone.found).toBe(given);
  expect(gone.lines).toEqual([]);
});

it('is the story itself if AWS does not tell, with a note', async () => {
  const given = ran([arn('a', 1)]);
  const { found, lines } = await told(given, fault('AccessDenied'));
  expect(found).toBe(given);
  expect(lines).toEqual(['Instance types and zones left out: It failed (AccessDenied).']);
});

it('has what ECS tells of an instance, and nothing of the others', async () => {
  const { found } = await told(ran([arn('a', 1), arn('a', 2)]), { containerInstances: [instance(arn('a', 1))] });
  const [first, second] = found.attempts[0]?.starts ?? [];
  expect(first).toEqual({
    number: 1,
    isReclaim: false,
    containerInstanceArn: arn('a', 1),
    instanceType: undefined,
    zone: undefined,
  });
  expect(second).not.toHaveProperty('zone');
});
