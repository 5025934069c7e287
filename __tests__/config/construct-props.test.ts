import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { Lazy, Token } from 'cdktf';
import { Construct } from 'constructs';
import { z } from 'zod';
import { strict, text } from '../../modules/config/checked';
import { companionProps, constructSettings, type WantedProps } from '../../modules/config/construct-props';
import { ConfigError } from '../../modules/problems/config-error';
import { foreignStack, Synthesis } from '../synthesis';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:inbox';
const BUS = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';

const form = text({ pattern: /^arn:aws:sqs:/, accepted: 'the ARN of a queue', fix: 'write an ARN of a queue' });
const settings = strict({ size: z.number().default(5), tags: z.record(z.string(), z.string()).default({}) });
const QUEUE: WantedProps = {
  queue: { accepted: 'a queue', has: ['arn'], arn: { property: 'queueArn', form }, names: ['queueName', 'queueId'] },
};

function construct(id = 'mine'): Construct {
  return new Construct(new Construct(undefined as never, 'stack'), id);
}

/** What is wrong, as path, value found, accepted values and fix. */
function problemsOf(check: () => unknown): string[][] {
  try {
    check();
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, found, accepted, fix }) => [path, found, accepted, fix]);
  }
}
const problems = (given: unknown, wanted?: WantedProps) =>
  problemsOf(() => constructSettings(construct(), given, settings, wanted));

describe('the settings of a construct', () => {
  it('have their defaults, without what is not a setting', () => {
    expect(constructSettings(construct(), {}, settings)).toEqual({ size: 5, tags: {} });
    const queue = { arn: ARN };
    expect(constructSettings(construct(), { size: 7, queue }, settings, QUEUE)).toEqual({ size: 7, tags: {} });
    expect(constructSettings(construct(), { queueArn: ARN }, settings, QUEUE)).toEqual({ size: 5, tags: {} });
  });

  it('are not changed', () => {
    const given = { size: 7, queue: { arn: ARN } };
    constructSettings(construct(), given, settings, QUEUE);
    expect(given).toEqual({ size: 7, queue: { arn: ARN } });
  });

  it.each([undefined, null, 'x', 5, [], () => 1])('are no %p', (given) => {
    const fix = 'pass the properties as the third argument';
    const [problem] = problems(given);
    expect(problem?.slice(2)).toEqual(['an object of properties', fix]);
    expect(problem?.[0]).toBe('');
    expect(problems(given, QUEUE)[0]?.slice(2)).toEqual(['an object with queue, queueArn', fix]);
    expect(problems(given, { ...QUEUE, target: { accepted: 'a target' } })[0]?.[2]).toBe(
      'an object with queue, queueArn, target',
    );
  });

  it('are not those of a config, which are within properties', () => {
    expect(problems({ type: 'sqs', properties: {} })).toEqual([
      [
        '',
        'an object with type "sqs" and properties, as in a config',
        'the properties alone',
        'pass the value of properties, without type',
      ],
    ]);
    const paths = (given: object) => problems(given).map(([path]) => path);
    expect(paths({ type: 'sqs' })).toEqual(['type']);
    expect(paths({ properties: {} })).toEqual(['properties']);
    expect(paths({ type: 5, properties: {} })).toEqual(['type', 'properties']);
    expect(paths({ type: 'sqs', properties: null })).toEqual(['type', 'properties']);
    expect(paths({ type: 'sqs', properties: 'x' })).toEqual(['type', 'properties']);
  });

  it('are named by the path of the construct, or another one', () => {
    const message = (path?: string) => {
      try {
        constructSettings(construct(), { size: 'x' }, settings, {}, path);
        return '';
      } catch (error) {
        return String(error);
      }
    };
    expect(message()).toContain('stack/mine');
    expect(message('elsewhere')).toContain('elsewhere');
    expect(message('elsewhere')).not.toContain('stack/mine');
  });

  it('have all of their problems, in their order', () => {
    const given = { queueName: 'q', size: 'x', tags: { a: "$ResourceParam('a', 'arn')" } };
    expect(problems(given, QUEUE)).toEqual([
      ['size', '"x"', 'a number', 'write a number'],
      [
        'tags.a',
        `"$ResourceParam('a', 'arn')"`,
        'a value: directives are resolved only in a config file',
        expect.stringMatching(/^give the value itself/),
      ],
      [
        'queueName',
        '"q"',
        'queue: a queue, or queueArn',
        'give queue, or queueArn: names are resolved only in a config file',
      ],
    ]);
  });

  it('suggest what is not a setting too', () => {
    expect(problems({ queu: {}, size: 7, queueArn: ARN }, QUEUE)[0]?.[3]).toBe('did you mean "queue"?');
    expect(problems({ queueArm: ARN, queue: { arn: ARN } }, QUEUE)[0]?.[3]).toBe('did you mean "queueArn"?');
  });
});

describe('directives, which only a config file resolves', () => {
  const paths = (given: object, wanted?: WantedProps) => problems(given, wanted).map(([path]) => path);
  const directive = "$ResourceParam('a', 'arn')";

  it('are refused in any setting', () => {
    expect(paths({ tags: { a: directive, b: `x${directive}`, c: 'ok' } })).toEqual(['tags.a', 'tags.b']);
    const list = strict({ list: z.array(z.unknown()) });
    const given = { list: ['x', { a: [directive] }] };
    expect(problemsOf(() => constructSettings(construct(), given, list)).map(([path]) => path)).toEqual([
      'list[1].a[0]',
    ]);
  });

  it('are refused in an ARN, before its form', () => {
    expect(problems({ queueArn: directive }, QUEUE)).toEqual([
      ['queueArn', expect.any(String), 'a value: directives are resolved only in a config file', expect.any(String)],
    ]);
  });

  it('are not looked for in other constructs', () => {
    expect(paths({ queue: { arn: ARN, note: directive } }, QUEUE)).toEqual([]);
  });

  it('are found in what is in two places, or in itself', () => {
    const shared: { [key: string]: unknown } = { deep: directive };
    shared.self = shared;
    const any = strict({ a: z.unknown(), b: z.unknown().optional() });
    const found = problemsOf(() => constructSettings(construct(), { a: shared, b: shared }, any));
    expect(found.map(([path]) => path)).toContain('a.deep');
  });

  it('are not looked for in what cannot be read, which has a problem itself', () => {
    const unreadable = Object.defineProperty({}, 'size', {
      enumerable: true,
      get: () => {
        throw new Error('no');
      },
    });
    expect(problemsOf(() => constructSettings(construct(), { tags: unreadable }, settings))).not.toEqual([]);
  });

  it('of secrets are for the environment of a job: the place of a construct is that of its properties', () => {
    const environment = strict({ container: z.unknown() });
    const given = { container: { environment: { TOKEN: "$Secret('db')" } } };
    expect(problemsOf(() => constructSettings(construct(), given, environment))).toEqual([]);
    expect(problems({ tags: { a: "$Secret('db')" } })).toHaveLength(1);
  });
});

describe('an object that a construct needs', () => {
  const fixed = (given: object, want: WantedProps[string]) => problems(given, { thing: want });
  const WANT = { accepted: 'a thing' };
  const NAMES = 'give the object itself: names are resolved only in a config file';

  it('is required, unless it is optional', () => {
    expect(fixed({}, WANT)).toEqual([['thing', 'nothing', 'a thing', 'add thing: it is required']]);
    expect(fixed({}, { ...WANT, optional: true })).toEqual([]);
    expect(fixed({ thing: 5 }, { ...WANT, optional: true })).toHaveLength(1);
    expect(fixed({ thing: {} }, WANT)).toEqual([]);
  });

  it.each<[unknown, string, string]>([
    ['x', '"x"', NAMES],
    [5, '5', 'give a thing'],
    [null, 'null', 'give a thing'],
    [[], '[]', 'give a thing'],
    ['arn:aws:x', '"arn:aws:x"', NAMES],
  ])('is no %j', (thing, found, fix) => {
    expect(fixed({ thing }, WANT)).toEqual([['thing', found, 'a thing', fix]]);
  });

  it('can be a list', () => {
    const list = { ...WANT, list: true } as const;
    expect(fixed({ thing: [] }, list)).toEqual([]);
    expect(fixed({ thing: {} }, list)).toEqual([['thing', '{}', 'a thing', 'write [ ] around it']]);
  });

  it('can be a text or a boolean', () => {
    expect(fixed({ thing: 'x' }, { ...WANT, text: true })).toEqual([]);
    expect(fixed({ thing: '' }, { ...WANT, text: true })).toHaveLength(1);
    expect(fixed({ thing: 5 }, { ...WANT, text: true })).toHaveLength(1);
    expect(fixed({ thing: false }, { ...WANT, flag: true })).toEqual([]);
    expect(fixed({ thing: true }, WANT)).toHaveLength(1);
    expect(fixed({ thing: 'true' }, { ...WANT, flag: true })).toHaveLength(1);
  });

  it('has what it is recognized by', () => {
    const want = { ...WANT, has: ['arn', 'queue'] };
    const missing = (thing: object) => fixed({ thing }, want).map(([, found, , fix]) => [found, fix]);
    expect(missing({ arn: ARN, queue: {} })).toEqual([]);
    expect(missing({ arn: ARN })).toEqual([['an object without queue', 'give a thing']]);
    for (const arn of [undefined, '', null, 5, false]) {
      expect(missing({ arn, queue: {} })).toEqual([['an object without arn', 'give a thing']]);
    }
  });

  it('is checked further by a rule of its own', () => {
    const finding = { found: 'a bad part', accepted: 'a good part', fix: 'mend it' };
    const check = (value: unknown) =>
      Object.keys(value as object).length === 1 ? [{ path: [0, 'part'], finding }] : [];
    const bad = [['thing[0].part', 'a bad part', 'a good part', 'mend it']];
    expect(fixed({ thing: [1] }, { ...WANT, list: true, check })).toEqual(bad);
    expect(fixed({ thing: {} }, { ...WANT, check })).toEqual([]);
    expect(fixed({ thing: { one: 1 } }, { ...WANT, check })).toEqual(bad);
    // It is not asked about what is of another type.
    expect(fixed({ thing: ['x'] }, { ...WANT, check })).toHaveLength(1);
  });
});

describe('an object that a config names or gives the ARN of', () => {
  const fixes = (given: object) => problems(given, QUEUE).map(([path, , accepted, fix]) => [path, accepted, fix]);

  it('can be missing, or an ARN, or both', () => {
    expect(fixes({})).toEqual([['queue', 'a queue', 'add queue or queueArn']]);
    expect(fixes({ queueArn: BUS })).toEqual([['queueArn', 'the ARN of a queue', 'write an ARN of a queue']]);
    expect(problems({ queue: { arn: ARN }, queueArn: ARN }, QUEUE)).toEqual([
      ['queueArn', 'queue and queueArn', 'one of the two', 'remove queueArn'],
    ]);
  });

  it('is no ARN itself', () => {
    expect(fixes({ queue: ARN })).toEqual([['queue', 'a queue', `write queueArn: "${ARN}"`]]);
    expect(fixes({ queue: 'inbox' })[0]?.[2]).toMatch(/^give the object itself/);
  });

  it('has an ARN of the right form, or a token', () => {
    expect(fixes({ queue: { arn: BUS } })).toEqual([['queue', 'the ARN of a queue', 'write an ARN of a queue']]);
    expect(fixes({ queue: { arn: ARN } })).toEqual([]);
    expect(fixes({ queue: { arn: Token.asString({ ref: 'x' }) } })).toEqual([]);
    expect(fixes({ queue: { arn: Lazy.stringValue({ produce: () => BUS }) } })).toEqual([]);
    // An object with an ARN of its own type.
    expect(fixes({ queue: { arn: { of: 'x' } } })).toEqual([]);
  });

  it('is not named, and nothing else is missing then', () => {
    const fix = 'give queue, or queueArn: names are resolved only in a config file';
    const accepted = 'queue: a queue, or queueArn';
    expect(fixes({ queueName: 'inbox' })).toEqual([['queueName', accepted, fix]]);
    expect(fixes({ queueName: 'inbox', queueId: 5 })).toEqual([
      ['queueName', accepted, fix],
      ['queueId', accepted, fix],
    ]);
    expect(fixes({ queueName: 'inbox', queue: 'x' }).map(([path]) => path)).toEqual(['queueName', 'queue']);
    const [named] = problems({ thingName: 'x' }, { thing: { accepted: 'a thing', names: ['thingName'] } });
    expect(named).toEqual([
      ...['thingName', '"x"', 'thing: a thing', 'give thing: names are resolved only in a config file'],
    ]);
  });

  it('can hold an ARN instead of what it is recognized by', () => {
    const inside = { thing: { accepted: 'a thing', has: ['queue'], inside: { property: 'arn', form } } };
    expect(problems({ thing: { arn: ARN } }, inside)).toEqual([]);
    expect(problems({ thing: { arn: BUS } }, inside).map(([path, , , fix]) => [path, fix])).toEqual([
      ['thing', 'write an ARN of a queue'],
    ]);
    expect(problems({ thing: { queue: 'x' } }, inside)).toEqual([]);
    expect(problems({ thing: {} }, inside)[0]?.[1]).toBe('an object without queue');
  });
});

describe('the properties of a companion', () => {
  const schema = z.strictObject({
    type: z.literal('thing'),
    properties: settings.optional(),
    existing: strict({ arn: z.string() }).optional(),
    protect: z.boolean().optional(),
    overrides: z.unknown().optional(),
  });
  const check = (given: object, needs?: Parameters<typeof companionProps>[3]) =>
    problemsOf(() => companionProps(construct('store'), given, schema, needs));

  it('are returned as they are', () => {
    const given = { stackName: 'reports', properties: { size: 7 } };
    expect(companionProps(construct(), given, schema)).toBe(given);
  });

  it('have the name of the stack, which an existing one does not need', () => {
    const missing = [
      'stackName',
      'nothing',
      'the name that physical names start with',
      'add stackName: it is required',
    ];
    expect(check({})).toEqual([missing]);
    expect(check({ stackName: 5 }).map(([path]) => path)).toEqual(['stackName']);
    expect(check({ stackName: '' }).map(([path]) => path)).toEqual(['stackName']);
    expect(check({ existing: { arn: ARN } })).toEqual([]);
    expect(check({ stackName: 5, existing: { arn: ARN } })).toEqual([]);
  });

  it('can be handed what the stack provides, which only some need', () => {
    const handed = { aws: {}, network: {}, undeliveredEvents: {}, baseDir: '/', connectTo: [] };
    expect(check({ stackName: 'reports', ...handed })).toEqual([]);
    const needs = ['aws', 'network', 'undeliveredEvents'] as const;
    const given = {
      stackName: 'reports',
      aws: { partition: 'aws', region: 'eu-west-1' },
      network: { vpcId: 'vpc-1', subnetIds: ['subnet-1'] },
      undeliveredEvents: { queue: {} },
    };
    expect(check(given, needs)).toEqual([]);
    expect(check({ stackName: 'reports' }, needs).map(([path, , accepted]) => [path, accepted])).toEqual([
      ['aws', 'an AwsContext, such as platform.aws'],
      ['network', 'a network, such as platform.network'],
      ['undeliveredEvents', 'the queue of undelivered events, such as platform.undeliveredEvents'],
    ]);
    const without = (object: keyof typeof given, key: string) =>
      check({ ...given, [object]: { ...(given[object] as object), [key]: undefined } }, needs)[0]?.[1];
    expect([without('aws', 'partition'), without('aws', 'region')]).toEqual([
      ...['an object without partition', 'an object without region'],
    ]);
    expect([without('network', 'vpcId'), without('network', 'subnetIds')]).toEqual([
      ...['an object without vpcId', 'an object without subnetIds'],
    ]);
    expect(without('undeliveredEvents', 'queue')).toBe('an object without queue');
  });

  it('have no overrides: a program changes the resource itself', () => {
    expect(check({ stackName: 'reports', overrides: { a: 1 } })).toEqual([
      ['overrides', expect.any(String), 'overrides in a config only', 'change the resource itself, by its addOverride'],
    ]);
  });

  it('have no directives, except for secrets where a config has them', () => {
    const of = (existing: object) => check({ existing: { arn: ARN, ...existing } }).map(([path]) => path);
    expect(of({ arn: "$ResourceParam('a', 'arn')" })).toEqual(['existing.arn']);
    const password = z.object({ type: z.literal('thing'), existing: z.unknown() });
    const given = { existing: { password: "$Secret('db')" } };
    expect(problemsOf(() => companionProps(construct('store'), given, password))).toEqual([]);
    // What the stack hands over is no setting.
    expect(check({ stackName: 'reports', baseDir: "$ResourceParam('a', 'arn')" })).toEqual([]);
  });

  it('suggest what the stack provides too', () => {
    expect(check({ stackName: 'reports', netwrk: {} })[0]?.[3]).toBe('did you mean "network"?');
    expect(check({ stackName: 'reports', baseDirs: '/' })[0]?.[3]).toBe('did you mean "baseDir"?');
    expect(check({ stackName: 'reports', connectsTo: [] })[0]?.[3]).toBe('did you mean "connectTo"?');
  });

  it('protect it, if they say so', () => {
    const isProtected = (protect?: boolean) => {
      const stack = foreignStack('reports');
      const store = new Construct(stack, 'store');
      companionProps(store, { stackName: 'reports', protect }, schema);
      new S3Bucket(store, 'Bucket', {});
      return 'lifecycle' in new Synthesis(stack).one('aws_s3_bucket');
    };
    expect([isProtected(true), isProtected(false), isProtected()]).toEqual([true, false, false]);
  });
});
