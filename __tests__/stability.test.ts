import { join } from 'node:path';
import { Testing } from 'cdktf';
import fc from 'fast-check';
import exampleConfig from '../batch-jobs.config';
import { parse } from '../modules/config/parse';
import { BatchJobsStack } from '../modules/stack';
import type { BatchJobProps } from '../modules/stack-config/batch-job';
import { batchJobsConfig } from '../modules/stack-config/config';
import { tenTriggers } from './e2e/ten-triggers';
import { job, jobsStack } from './synthesis';

type Elements = ReadonlyMap<string, string>;

/** The bytes of every resource, data source and output, by address. */
function elementsOf(stack: BatchJobsStack): Elements {
  const { resource = {}, data = {}, output = {} } = JSON.parse(Testing.synth(stack));
  const elements = new Map<string, string>();
  for (const [section, types] of Object.entries({ resource, data })) {
    for (const [type, blocks] of Object.entries(types as object)) {
      for (const [id, block] of Object.entries(blocks)) elements.set(`${section} ${type}.${id}`, JSON.stringify(block));
    }
  }
  for (const [name, block] of Object.entries(output)) elements.set(`output ${name}`, JSON.stringify(block));
  return elements;
}

const rate = (days: number, more: object = {}) =>
  ({ type: 'schedule', properties: { scheduleRate: `rate(${days} days)`, ...more } }) as const;

/** Jobs that between them share capacity, and do not. */
const JOBS: { readonly [name: string]: BatchJobProps } = {
  plain: job(),
  spot: job({ useSpotInstances: true }),
  spotThenOnDemand: job({ useSpotInstances: true, retryConfig: { spotInterruption: { thenOnDemand: true } } }),
  gpu: job({ resources: { cpu: 4, memory: 8000, gpu: 1 } }),
  listed: job({ resources: { cpu: 2, memory: 1800, instanceTypes: ['m7i', 'c7i'] } }),
  listedOtherwise: job({ resources: { cpu: 2, memory: 1800, instanceTypes: ['c7i', 'm7i'] } }),
  scheduled: job({ events: [rate(2), rate(3, { input: { full: true } })], tags: { team: 'a' } }),
  items: job({ forEach: { items: '$.keys', maxItems: 50_000 } }),
  growing: job({ retryConfig: { attempts: 3, onOutOfMemory: { maxMemory: 7000 } } }),
};
const NAMES = Object.keys(JOBS);

const stackOf = (names: readonly string[]) =>
  elementsOf(jobsStack(Object.fromEntries(names.map((name) => [name, JOBS[name] ?? job()]))));

/** The addresses that only exist because of a job. */
const ownOf = (name: string, elements: Elements) =>
  [...elements.keys()].filter((address) =>
    new RegExp(`[ .]${name}(_|(JobDefinition|StateMachine|LogGroup)Arn$)`).test(address),
  );

/** One bucket keeps the large events of all jobs, for as long as the job that may ask latest. */
const KEPT = 'resource aws_s3_bucket_lifecycle_configuration.batch-platform_payloads_Lifecycle_E5179EB0';

describe('adding, removing and reordering jobs', () => {
  const alone = new Map(NAMES.map((name) => [name, stackOf([name])]));

  it('leaves every other element as it was, to the byte', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(NAMES, { minLength: 1 }), (names) => {
        const together = stackOf(names);
        for (const name of names) {
          const before = alone.get(name) ?? new Map<string, string>();
          // Shared ones too: capacity, network, queue of undelivered events.
          for (const [address, bytes] of before) {
            if (address !== KEPT) expect([address, together.get(address)]).toEqual([address, bytes]);
          }
          expect(ownOf(name, together)).toEqual(ownOf(name, before));
        }
      }),
      { numRuns: 6, examples: [[[...NAMES]], [[...NAMES].reverse()]] },
    );
  });

  it('makes nothing that no job alone would have', () => {
    const needed = new Set([...alone.values()].flatMap((elements) => [...elements.keys()]));
    expect([...stackOf(NAMES).keys()].filter((address) => !needed.has(address))).toEqual([]);
  });
});

describe('adding, removing and reordering events of a job', () => {
  const EVENTS = [rate(2), rate(3), rate(3, { input: { full: true } }), rate(4, { inputPath: '$.time' })];

  it('leaves every other event as it was', () => {
    const withEvents = (events: typeof EVENTS) => elementsOf(jobsStack({ nightly: job({ events }) }));
    const none = withEvents([]);
    const alone = EVENTS.map((event) => [...withEvents([event])].filter(([address]) => !none.has(address)));
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3]), (chosen) => {
        const together = withEvents(chosen.flatMap((index) => EVENTS[index] ?? []));
        const expected = new Map([...none, ...chosen.flatMap((index) => alone[index] ?? [])]);
        expect(new Map([...together].sort())).toEqual(new Map([...expected].sort()));
      }),
      { numRuns: 6, examples: [[[3, 2, 1, 0]]] },
    );
  });
});

describe('two jobs behind all kinds of event sources', () => {
  type JobEvents = NonNullable<BatchJobProps['events']>;
  const { job: one, ...shared } = tenTriggers.resources;
  if (one?.type !== 'batch-job') throw new Error('the sample has no job');
  const { properties } = one;
  /** The sample's job, its events changed where two jobs cannot have the same: routes, priorities, a queue's one reader, keys. */
  const another = (number: number) => {
    const events = (properties.events ?? []).flatMap((event): JobEvents => {
      switch (event.type) {
        case 'http-api-gateway':
          return [{ ...event, properties: { ...event.properties, path: `/${number}${event.properties.path}` } }];
        case 'application-load-balancer':
          return [{ ...event, properties: { ...event.properties, priority: number } }];
        case 's3':
          return [{ ...event, properties: { ...event.properties, filterRule: { prefix: `${number}/` } } }];
        case 'sqs':
          return number === 1 ? [event] : [];
        default:
          return [event];
      }
    });
    return { ...one, properties: { ...properties, events } };
  };
  const both = { ...shared, first: another(1), second: another(2) };
  const elements = (resources: typeof tenTriggers.resources) => {
    const config = parse(batchJobsConfig, { ...tenTriggers, resources }, 'ten triggers');
    return elementsOf(new BatchJobsStack(Testing.app(), config, { baseDir: join(__dirname, 'e2e') }));
  };

  it('come out the same to the byte whatever the order of resources and events', () => {
    const backwards: typeof tenTriggers.resources = Object.fromEntries(Object.entries(both).reverse());
    for (const name of ['first', 'second'] as const) {
      const events = [...both[name].properties.events].reverse();
      backwards[name] = { ...both[name], properties: { ...both[name].properties, events } };
    }
    const forwards = elements(both);
    expect(forwards.size).toBeGreaterThan(150);
    expect(new Map([...elements(backwards)].sort())).toEqual(new Map([...forwards].sort()));
  });

  it('share documents that AWS has once for both; all else of the first is left as it was', () => {
    const together = elements(both);
    const changed = [...elements({ ...shared, first: another(1) })]
      .filter(([address, bytes]) => together.get(address) !== bytes)
      .map(([address]) => address.replace(/_[0-9A-F]{8}$/, ''));
    expect(changed.sort()).toEqual([
      'resource aws_s3_bucket_notification.bucket_Notification', // all rules of a bucket
      'resource aws_sqs_queue_policy.deadLetters_Policy', // all that may send to a queue
    ]);
  });
});

describe('physical names', () => {
  /** Argument that holds the name, and the most characters the service, or the provider for a prefix, takes. */
  const LIMITS: { readonly [type: string]: readonly [argument: string, limit: number] } = {
    aws_batch_compute_environment: ['name_prefix', 102],
    aws_batch_job_definition: ['name', 128],
    aws_batch_job_queue: ['name', 128],
    aws_cloudwatch_event_rule: ['name', 64],
    aws_cloudwatch_log_group: ['name', 512],
    aws_iam_instance_profile: ['name', 128],
    aws_iam_role: ['name', 64],
    aws_lambda_function: ['function_name', 64],
    aws_launch_template: ['name_prefix', 99],
    aws_s3_bucket: ['bucket_prefix', 37],
    aws_security_group: ['name_prefix', 229],
    aws_sfn_state_machine: ['name', 80],
    aws_sqs_queue: ['name', 80],
  };
  const long = (end: string) => `job${'x'.repeat(120)}${end}`;
  const { resource } = JSON.parse(
    Testing.synth(
      jobsStack(
        {
          [long('A')]: JOBS.scheduled ?? job(),
          [long('B')]: JOBS.scheduled ?? job(),
          [long('C')]: JOBS.spotThenOnDemand ?? job(),
          [long('D')]: JOBS.items ?? job(),
        },
        { stackName: `stack-${'y'.repeat(90)}` },
      ),
    ),
  ) as { resource: { [type: string]: { [id: string]: { [argument: string]: unknown } } } };

  it.each(Object.entries(LIMITS))('of %s keep their limit and differ', (type, [argument, limit]) => {
    const names = Object.values(resource[type] ?? {}).map((block) =>
      String(block[argument]).replace(/\$\{data\.aws_region\..*\}$/, 'ap-southeast-1'),
    );
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect([name, name.length <= limit]).toEqual([name, true]);
    // IAM ignores case, so none may rest on it.
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
  });

  it('are all looked at', () => {
    const named = Object.entries(resource)
      .filter(([, blocks]) =>
        Object.values(blocks).some((block) => 'name' in block || 'name_prefix' in block || 'function_name' in block),
      )
      .map(([type]) => type);
    // The name of an inline policy is its role's own business; what refers to a function is no name.
    const exempt = ['aws_iam_role_policy', 'aws_lambda_permission', 'aws_lambda_function_event_invoke_config'];
    expect(named.filter((type) => !(type in LIMITS) && !exempt.includes(type))).toEqual([]);
  });
});

describe('the example', () => {
  it('keeps its ids: a change of one replaces what people have deployed', () => {
    const stack = new BatchJobsStack(Testing.app(), parse(batchJobsConfig, exampleConfig, 'example'));
    // A build context's id holds the digest of its files: a change of one is what builds the image anew.
    const ids = [...elementsOf(stack).keys()].map((id) =>
      id.replace(/ContextObject-[0-9a-f]+_[0-9A-F]+$/, 'ContextObject'),
    );
    expect(ids.sort()).toMatchSnapshot();
  });

  it('has kept ids of the items of a job too', () => {
    expect(ownOf('items', stackOf(['items'])).sort()).toMatchSnapshot();
  });
});
