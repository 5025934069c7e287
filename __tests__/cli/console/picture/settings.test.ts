import type { Readable } from '../../../../cli/console/picture/readable';
import { fact, secondsText, settingsOf } from '../../../../cli/console/picture/settings';

/** Values as the config has them. */
const readable = { value: (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value)) } as Readable;

const settings = (properties: object) =>
  settingsOf(properties as never, readable).map(({ label, value, isCode }) => [
    label,
    value,
    ...(isCode ? ['code'] : []),
  ]);

it.each<[string, object, unknown[]]>([
  ['a name in words', { retryIntervalSeconds: 5 }, [['Retry interval seconds', '5']]],
  ['an abbreviation', { vpcId: 'vpc-1' }, [['VPC ID', 'vpc-1', 'code']]],
  [
    'several of one',
    { availabilityIds: 'a', queueArns: 'b' },
    [
      ['Availability IDs', 'a', 'code'],
      ['Queue ARNs', 'b', 'code'],
    ],
  ],
  ['no abbreviation inside a word', { identity: 'a' }, [['Identity', 'a', 'code']]],
  [
    'units',
    { timeout: 60, memory: 512, cpu: 2 },
    [
      ['Timeout', '60 s'],
      ['Memory', '512 MiB'],
      ['CPU', '2 vCPU'],
    ],
  ],
  [
    'yes and no',
    { fifo: true, encrypted: false },
    [
      ['Fifo', 'yes'],
      ['Encrypted', 'no'],
    ],
  ],
  ['nothing of what is not set', { a: undefined, b: null, c: [], d: '' }, []],
  ['a list of words', { zones: ['a', 'b'] }, [['Zones', 'a, b', 'code']]],
  ['the path of what is nested', { retryConfig: { attempts: 3 } }, [['Retry config, attempts', '3']]],
  ['the path of an abbreviation', { network: { vpcId: 1 } }, [['Network, VPC ID', '1']]],
  ['one item of a list', { volumes: [{ size: 1 }] }, [['Volumes, size', '1']]],
  [
    'several items of a list',
    { volumes: [{ size: 1 }, { size: 2 }] },
    [
      ['Volumes 1, size', '1'],
      ['Volumes 2, size', '2'],
    ],
  ],
  [
    'no password',
    { credentials: { masterUserPassword: 'hunter2hunter2' }, defaultUserPassword: "$Secret('cache')" },
    [
      ['Credentials, master user password', 'in plain text'],
      ['Default user password', "$Secret('cache')", 'code'],
    ],
  ],
  [
    'not what only groups',
    { engine: { type: 'a', properties: { version: '16' } } },
    [
      ['Engine, type', 'a', 'code'],
      ['Engine, version', '16', 'code'],
    ],
  ],
])('has %s', (_, properties, facts) => {
  expect(settings(properties)).toEqual(facts);
});

it.each(['environment', 'tags', 'variables', 'buildArgs', 'overrides'])(
  'leaves keys that the config chooses in %s as they are, at any depth, and gives them no unit',
  (property) => {
    const [[label] = [], [below] = [], [item] = []] = settings({
      [property]: { myKey: 1, deep: { inIt: 60 }, list: [{ ofIt: 1 }] },
    });
    expect(label).toMatch(/, myKey$/);
    expect(below).toMatch(/, deep, inIt$/);
    expect(item).toMatch(/, list, ofIt$/);
    expect(settings({ [property]: [{ ofIt: 1 }] })[0]?.[0]).toMatch(/, ofIt$/);
    expect(settings({ [property]: { timeout: 60 } })).toEqual([[expect.any(String), '60']]);
  },
);

it('takes keys that the config chooses for names again after the map', () => {
  expect(settings({ tags: { myKey: 'a' }, retryConfig: { maxDelay: 1 } })).toEqual([
    ['Tags, myKey', 'a', 'code'],
    ['Retry config, max delay', '1'],
  ]);
});

it('makes no fact of nothing', () => {
  expect([fact('A', undefined), fact('A', ''), fact('A', 0), fact('A', 'x', true)]).toEqual([
    [],
    [],
    [{ label: 'A', value: '0' }],
    [{ label: 'A', value: 'x', isCode: true }],
  ]);
});

it.each([
  [86_400, '1 day'],
  [172_800, '2 days'],
  [21_600, '6 h'],
  [1200, '20 min'],
  [90, '90 s'],
])('%s seconds: %s', (seconds, text) => {
  expect(secondsText(seconds)).toBe(text);
});
