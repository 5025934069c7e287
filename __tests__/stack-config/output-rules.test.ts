import { fixesFor, jobOf } from './with-resources';

const RESOURCES = {
  tally: jobOf('schedule'),
  quiet: {
    type: 'batch-job',
    properties: { ...(jobOf('schedule') as { properties: object }).properties, logging: { disabled: true } },
  },
  api: { type: 'http-api-gateway' },
  balancer: { type: 'application-load-balancer' },
  there: {
    type: 'http-api-gateway',
    existing: { apiId: 'a1b2c3d4e5', executionArn: 'arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5' },
  },
};

const STATE_MACHINE = "$ResourceParam('tally', 'stateMachineArn')";

function fixes(...outputs: unknown[]): string[] {
  return fixesFor(RESOURCES, { outputs }).filter((fix) => fix.startsWith('outputs'));
}

function named(name: unknown): object {
  return { name, value: 'x' };
}

it.each([
  ['tallyStateMachineArn', 'stateMachineArn', 'tally'],
  ['tallyJobDefinitionArn', 'jobDefinitionArn', 'tally'],
  ['tallyLogGroupArn', 'logGroupArn', 'tally'],
  ['apiUrl', 'url', 'api'],
  ['balancerDomain', 'domain', 'balancer'],
])('refuses the name %s, which the stack outputs already', (name, param, resource) => {
  expect(fixes(named(name))).toEqual([
    `outputs[0].name: rename it: the stack outputs the ${param} of "${resource}" by this name`,
  ]);
});

it('accepts the name of an output with the same value', () => {
  const same = { name: 'tallyStateMachineArn', value: STATE_MACHINE, description: 'Of the tally' };
  expect(fixes(same)).toEqual([]);
  expect(fixes({ ...same, value: "$ResourceParam('quiet', 'stateMachineArn')" })).toHaveLength(1);
  expect(fixes({ ...same, value: "$ResourceParam('tally', 'jobDefinitionArn')" })).toHaveLength(1);
});

it.each(['quietLogGroupArn', 'thereUrl', 'tally', 'TallyStateMachineArn', 'a', '_1', 'a-b'])(
  'accepts the name %s',
  (name) => {
    expect(fixes(named(name))).toEqual([]);
  },
);

it.each([
  ['a b', 'write a_b'],
  ['1st', 'write _1st'],
  ['-', 'use a name such as inboxUrl'],
  ['', 'use a name such as inboxUrl'],
  ['größe', 'write gr_e'],
  ["$ResourceParam('tally', 'stateMachineArn')", 'write the value itself'],
  [7, 'write letters, digits, underscores and hyphens, starting with a letter or underscore'],
])('refuses the name %j: Terraform does not take it', (name, fix) => {
  expect(fixes(named(name))).toEqual([`outputs[0].name: ${fix}`]);
});

it('refuses a name twice', () => {
  expect(fixes(named('a'), named('b'), named('a'))).toEqual(['outputs[2].name: remove or rename one of them']);
});

const PLAIN = 'read the secret where it is needed: here it would be in plain text';

it.each([
  ["$Secret('db')", PLAIN],
  ["$Parameter('/db')", PLAIN],
  ["postgres://$Secret('db')", PLAIN],
  [`to ${STATE_MACHINE}`, `write $Format('to {}', ${STATE_MACHINE})`],
  [`$Format('to {}', ${STATE_MACHINE})`, undefined],
  [`{} ${STATE_MACHINE}`, 'write the directive alone, and put the text together where the output is read'],
  ["$ResourceParam('tall', 'stateMachineArn')", 'did you mean "tally"?'],
  ["$ResourceParam('quiet', 'logGroupArn')", 'remove logging.disabled from the job: without logs it has no log group'],
  ['', undefined],
  [STATE_MACHINE, undefined],
  [undefined, 'add it: it is required'],
])('of the value %j says %j', (value, fix) => {
  expect(fixes({ name: 'a', value })).toEqual(fix === undefined ? [] : [`outputs[0].value: ${fix}`]);
});

it('refuses a description that only the deployed stack has: Terraform takes none', () => {
  expect(fixes({ ...named('a'), description: STATE_MACHINE })).toEqual([
    'outputs[0].description: write the value itself',
  ]);
});

it.each([['no list'], [[null]], [['text']]])('survives the outputs %j', (outputs) => {
  expect(fixesFor(RESOURCES, { outputs })).not.toEqual([]);
});
