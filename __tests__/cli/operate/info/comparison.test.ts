import type { JobDefinition } from '@aws-sdk/client-batch';
import { compared, type DeployedParts } from '../../../../cli/operate/info/comparison';
import { type ExpectedJob, expectedJobs } from '../../../../cli/operate/info/expected';
import { differenceText } from '../../../../cli/operate/info/info-text';
import { Template } from '../../../../cli/operate/info/template';
import type { BatchJobProps } from '../../../../modules/stack-config/batch-job';
import { job } from '../../../synthesis';
import { deployed } from './deployment';

const base: Partial<BatchJobProps> = {
  container: {
    packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37', command: ['echo', '$' + '{HOME}'] } },
    environment: [{ name: 'LEVEL', value: 'info' }],
  },
  resources: { cpu: 2, memory: 1800 },
  timeout: 600,
  useSpotInstances: true,
  retryConfig: { attempts: 3, retryIntervalSeconds: 10, retryIntervalMultiplier: 2 },
};

function expectedOf(properties: Partial<BatchJobProps>): ExpectedJob {
  const resources = { report: { type: 'batch-job', properties: job(properties) } } as const;
  const found = expectedJobs(deployed({ resources })).get('report');
  if (found === undefined) throw new Error('no job');
  return found;
}

/** What AWS has after a deployment: references are ARNs, escapes are gone, and AWS adds its own properties. Made, not recorded. */
function asDeployed({ definition, stateMachine, names }: ExpectedJob): DeployedParts {
  const resolve = (text: string) =>
    text
      .replace(/(?<!\$)\$\{([^.}]+)\.([^.}]+)\.[^}]*\}/g, (_, type, id) => {
        const name = names.get(`${type}.${id}`);
        return type === 'data' ? 'eu-west-1' : `arn:aws:batch:eu-west-1:123456789012:job-queue/${name ?? 'other'}`;
      })
      .replaceAll('$$' + '{', '$' + '{');
  const container = JSON.parse(resolve(String(definition.container_properties)));
  const retry = definition.retry_strategy as { attempts: number };
  return {
    definition: {
      jobDefinitionName: 'shop-report',
      type: 'container',
      containerProperties: {
        ...container,
        environment: [...container.environment].reverse(),
        mountPoints: [],
        volumes: [],
        logConfiguration: { ...container.logConfiguration, options: { 'awslogs-group': '/batch-jobs/shop/report' } },
      },
      retryStrategy: { attempts: retry.attempts },
    } as unknown as JobDefinition,
    stateMachine: resolve(stateMachine),
  };
}

const before = asDeployed(expectedOf(base));

it('a job that was deployed from the config is the same', () => {
  expect(compared(before, expectedOf(base))).toEqual({ result: 'same', differences: [] });
});

it.each<[string, Partial<BatchJobProps>, string[]]>([
  ['memory', { resources: { cpu: 2, memory: 2048 } }, ['resources.memory: deployed 1800, config 2048']],
  ['vCPUs', { resources: { cpu: 4, memory: 1800 } }, ['resources.cpu: deployed 2, config 4']],
  ['the timeout', { timeout: 900 }, ['timeout: deployed 600 s, config 900 s']],
  ['no timeout', { timeout: undefined }, ['timeout: deployed 600 s, config none']],
  [
    'attempts',
    { retryConfig: { attempts: 2, retryIntervalSeconds: 10, retryIntervalMultiplier: 2 } },
    ['retryConfig.attempts: deployed 3, config 2', 'retryConfig wait: deployed 10 s, 20 s, config 10 s'],
  ],
  [
    'capacity',
    { useSpotInstances: false },
    ['job queue: deployed shop-spot-cpu-x86-64, config shop-on-demand-cpu-x86-64'],
  ],
])('a change of %s is named in the words of the config', (_, change, texts) => {
  const { result, differences } = compared(before, expectedOf({ ...base, ...change }));
  expect(result).toBe('different');
  expect(differences.map(differenceText)).toEqual(expect.arrayContaining(texts));
});

it('a changed variable is named without its values, which can be secret', () => {
  const container = {
    ...base.container,
    environment: [{ name: 'LEVEL', value: 'hunter2' }],
  } as BatchJobProps['container'];
  const { differences } = compared(before, expectedOf({ ...base, container }));
  expect(differences).toEqual([{ property: 'environment LEVEL' }]);
});

it('a changed image and command are named', () => {
  const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.38' } } as const;
  const { differences } = compared(before, expectedOf({ ...base, container: { ...base.container, packaging } }));
  expect(differences.map(differenceText)).toEqual([
    'image: deployed busybox:1.37, config busybox:1.38',
    `command: deployed ["echo","$${'{HOME}'}"], config none`,
  ]);
});

it('a state machine that differs in no setting is of another version', () => {
  const machine = JSON.parse(before.stateMachine);
  machine.Comment = 'edited';
  const { differences } = compared({ ...before, stateMachine: JSON.stringify(machine) }, expectedOf(base));
  expect(differences.map(({ property }) => property)).toEqual(['state machine']);
  expect(differences.map(differenceText)).toEqual([
    'state machine: deployed of another version of this package, or changed by hand',
  ]);
});

describe('a value with references', () => {
  const template = new Template(new Map([['aws_batch_job_queue.q', 'shop-spot']]));

  it.each([
    ['$' + '{aws_batch_job_queue.q.arn}', 'arn:aws:batch:r:1:job-queue/shop-spot', true],
    ['$' + '{aws_batch_job_queue.q.arn}', 'arn:aws:batch:r:1:job-queue/shop-spot-2', false],
    ['$' + '{aws_batch_job_queue.q.arn}', 'arn:aws:batch:r:1:job-queue/other-shop-spot', false],
    ['$' + '{aws_ecr_repository.r.repository_url}:abc', '1.dkr.ecr.r.amazonaws.com/jobs:abc', true],
    ['$' + '{aws_ecr_repository.r.repository_url}:abc', '1.dkr.ecr.r.amazonaws.com/jobs:abd', false],
    ['$$' + '{a}.*', '$' + '{a}.*', true],
    ['$$' + '{a}.*', '$' + '{a}bc', false],
  ])('%s and %s', (expected, text, matches) => {
    expect(template.matches(expected, text)).toBe(matches);
  });
});
