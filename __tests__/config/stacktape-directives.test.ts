import { expandDirectives } from '../../modules/config/custom-directives';
import { deploymentValue, insteadOf } from '../../modules/config/stacktape-directives';

it('knows what stands in place of each directive of Stacktape that has no meaning here', () => {
  const names = [
    ...['File', 'FileRaw', 'CliArgs', 'Profile', 'Var', 'This'],
    ...['StackOutput', 'CfStackOutput', 'GitInfo'],
  ];
  for (const name of names) expect(insteadOf(`$${name}()`)).toMatch(/^(add a directive|write the|load the config)/);
  for (const name of ['Stage', 'Region', 'Secret', 'toString', 'Hello'])
    expect(insteadOf(`$${name}()`)).toBeUndefined();
});

it.each([
  ['$Stage()', 'dev'],
  ['$Stage( )', 'dev'],
  ['$Region()', 'eu-west-1'],
])('%s is %s', (text, value) => {
  expect(deploymentValue(text, { region: 'eu-west-1' }, { STAGE: 'dev' })).toEqual({ value });
});

it.each([
  [
    '$Stage()',
    '"$Stage()", and the variable STAGE is not set',
    'a value for $Stage()',
    'set the variable STAGE, such as STAGE=production',
  ],
  [
    '$Region()',
    '"$Region()", and the variable AWS_REGION is not set',
    'a value for $Region()',
    'set the variable AWS_REGION, such as AWS_REGION=eu-west-1',
  ],
  ["$Stage('x')", '"$Stage(\'x\')"', '$Stage()', 'write $Stage()'],
  ['$Region().x', '"$Region().x"', '$Region()', 'write $Region()'],
  ['$Stage(x)', '"$Stage(x)"', '$Stage()', 'write $Stage()'],
])('%s without a value is refused', (text, found, accepted, fix) => {
  const finding = (deploymentValue(text, {}, {}) as { finding: { found: unknown } }).finding;
  expect({ ...finding, found: String(finding.found) }).toEqual({ found, accepted, fix });
});

it("leaves other directives, and the config's own one of that name, to what is said elsewhere", async () => {
  expect(deploymentValue("$Format('{}', 'x')", { region: 'eu-west-1' }, { STAGE: 'dev' })).toBeUndefined();
  const config = { region: 'eu-west-1', directives: [], list: ['$Region()', 'plain'], other: '$Hello()' };
  const { value, findings } = await expandDirectives(config, '/');
  expect(value).toEqual({ ...config, list: ['eu-west-1', 'plain'] });
  expect(findings).toEqual([]);
});

it.each([
  ["$SsmParam('/farm/key')", "write $Parameter('/farm/key')"],
  ["$CliArgs('stage')", 'write $Stage()'],
  ["$CliArgs('region')", 'write $Region()'],
  ["$CliArgs('size', 'small')", expect.stringContaining('process.env')],
  ["$Param('shelf', 'Bucket::Name')", "write $ResourceParam('shelf', 'name')"],
  ["$Param('shelf', 'Bucket::Arn')", "write $ResourceParam('shelf', 'arn')"],
  ["$Param('tally', 'JobStateMachine::Arn')", "write $ResourceParam('tally', 'stateMachineArn')"],
  ["$Param('tally', 'LogGroup::Arn')", "write $ResourceParam('tally', 'logGroupArn')"],
  ["$Param('tally', 'LogGroup::Name')", "write $ResourceParam('tally', 'name')"],
  ["$Param('tally')", "write $ResourceParam('<resource>', '<parameter>'), such as $ResourceParam('inbox', 'arn')"],
  ['$Param(', "write $ResourceParam('<resource>', '<parameter>'), such as $ResourceParam('inbox', 'arn')"],
])('%s has its form of today', (text, fix) => {
  expect(insteadOf(text)).toEqual(fix);
});

it('the account is known if the config allows it alone', () => {
  const account = (allowedAccountIds: unknown) => deploymentValue('$AwsAccountId()', { allowedAccountIds });
  expect(account(['111122223333'])).toEqual({ value: '111122223333' });
  for (const several of [undefined, [], ['111122223333', '444455556666'], 'no list'])
    expect(account(several)).toBeUndefined();
});
