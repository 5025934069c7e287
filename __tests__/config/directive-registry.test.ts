import {
  constructDirectiveProblem,
  type DirectiveScope,
  directiveProblem,
  ofStacktape,
  partProblem,
} from '../../modules/config/directive-registry';
import { referableOf } from '../../modules/resources/referables';

const SCOPE: DirectiveScope = {
  types: new Map([
    ['photos', 'bucket'],
    ['resize', 'batch-job'],
  ]),
  cloudFormationTypes: new Map([['clicks', 'AWS::Kinesis::Stream']]),
  custom: ['Stage'],
  paramsOf: (type) => referableOf(type)?.params,
};
const PATH = ['resources', 'resize', 'properties', 'timeout'];
const NONE: DirectiveScope = { types: new Map(), cloudFormationTypes: new Map(), custom: [], paramsOf: () => [] };

it.each([
  "$ResourceParam('photos', 'arn')",
  "$ResourceParam('resize', 'stateMachineArn')",
  "$CfResourceParam('clicks', 'Arn')",
  "$CfResourceParam('clicks', 'Ref')",
  "$CfResourceParam('clicks', 'Endpoint.Port')",
  '$AwsAccountId()',
  "$Format('{}-x', $AwsAccountId())",
])('%s means something', (text) => {
  expect(directiveProblem(text, SCOPE, PATH)).toBeUndefined();
});

const RESOURCE_FORM = "$ResourceParam('<resource>', '<param>')";
const QUOTES = 'write the names in quotes, separated by commas, and nothing after the closing parenthesis';
const WHOLE = 'put the whole directive in double quotes: inside [ ] and { } of YAML, a comma ends the string';
const KNOWN =
  'a directive: $ResourceParam, $CfResourceParam, $Secret, $Parameter, $AwsAccountId, $Format, $CfFormat, $Stage';

it.each([
  ['$ResourceParam(photos, arn)', RESOURCE_FORM, QUOTES],
  ["$ResourceParam('photos'", RESOURCE_FORM, WHOLE],
  ["$ResourceParam('photo', 'arn')", 'a resource of this config: photos, resize', 'did you mean "photos"?'],
  ["$ResourceParam('database', 'arn')", 'a resource of this config: photos, resize', 'add a resource "database"'],
  ["$ResourceParam('photos', 'ARN')", 'a parameter of a bucket: name, arn', 'did you mean "arn"?'],
  ["$ResourceParam('photos', 'url')", 'a parameter of a bucket: name, arn', 'use one of name, arn'],
  [
    "$ResourceParam('resize.triggerFunction', 'arn')",
    'a resource of this config: photos, resize',
    "write $ResourceParam('resize', '<param>') with one of jobDefinitionArn, stateMachineArn, logGroupArn, or the value itself",
  ],
  ["$CfResourceParam('clicks')", "$CfResourceParam('<logical id>', '<attribute>')", QUOTES],
  [
    "$CfResourceParam('PhotosBucket', 'Arn')",
    'a resource of cloudformationResources: clicks',
    "write $ResourceParam('photos', '<param>') with one of name, arn: the id is of Stacktape's stack",
  ],
  [
    "$CfResourceParam('ResizeJobRole', 'Arn')",
    'a resource of cloudformationResources: clicks',
    'write the ARN or the name of the role of "resize": the id is of Stacktape\'s stack',
  ],
  ["$CfResourceParam('click', 'Arn')", 'a resource of cloudformationResources: clicks', 'did you mean "clicks"?'],
  [
    "$CfResourceParam('orders', 'Arn')",
    'a resource of cloudformationResources: clicks',
    'add "orders" to cloudformationResources',
  ],
  [
    "$CfResourceParam('clicks', 'the arn')",
    'an attribute of Fn::GetAtt in CloudFormation, or Ref',
    "write an attribute such as 'Arn'",
  ],
  ["$Secret('')", "$Secret('<name>.<key>')", QUOTES],
  ["$ResourceParm('photos', 'arn')", KNOWN, 'did you mean "ResourceParam"?'],
  [
    '$GitCommit()',
    KNOWN,
    'add { name: GitCommit, filePath: <file that exports it> } to directives, or write the value itself',
  ],
  [
    "$Stage('x')",
    'Stage in a config file, with arguments that are strings, numbers, true, false or null',
    'load the config with loadConfig. A custom directive must not return another one',
  ],
  ['$Stage(x)', 'Stage in a config file, with arguments that are strings, numbers, true, false or null', QUOTES],
  ["$AwsAccountId('x')", '$AwsAccountId()', 'write $AwsAccountId()'],
  ['$AwsAccountId().x', '$AwsAccountId()', 'write $AwsAccountId()'],
  ['$toString()', KNOWN, expect.stringContaining('toString') as unknown as string],
])('%s is refused', (text, accepted, fix) => {
  expect(directiveProblem(text, SCOPE, PATH)).toEqual({ found: JSON.stringify(text), accepted, fix });
});

it('says of a type without parameters what to do, and nothing of a type that there is not', () => {
  const types = new Map([
    ['search', 'existing'],
    ['cache', 'upstash-redis'],
  ]);
  expect(directiveProblem("$ResourceParam('search', 'url')", { ...SCOPE, types }, PATH)).toMatchObject({
    accepted: 'no parameter: an existing has none',
    fix: 'write the value itself, or connect to "search": its variables are in the environment then',
  });
  expect(directiveProblem("$ResourceParam('cache', 'url')", { ...SCOPE, types }, PATH)).toBeUndefined();
});

const HOST = "$ResourceParam('photos', 'name')";

it.each(["$Format('{}-x', 'a')", `$CfFormat('s3://{}', ${HOST})`, `$Format('{}', $CfFormat('{}', ${HOST}))`])(
  '%s is for every value',
  (text) => {
    expect(directiveProblem(text, SCOPE, PATH)).toBeUndefined();
  },
);

it.each([
  [
    "$CfFormat('x', 'y')",
    "$Format('{}-{}', ...) with a string, number, true, false or directive for each {}",
    'write as many values as the first string has {}, strings in quotes, and nothing after the closing parenthesis',
  ],
  [
    "$CfFormat('{}', $Secret('db'))",
    '$Secret(...) as the whole value',
    "write $Secret('db') alone, and put the text together where it is read",
  ],
])('%s is a format that is refused', (text, accepted, fix) => {
  expect(directiveProblem(text, SCOPE, PATH)).toEqual({ found: JSON.stringify(text), accepted, fix });
});

it('what is wrong in a format is said of itself', () => {
  const inner = directiveProblem('$Hello()', SCOPE, PATH);
  expect(directiveProblem("$CfFormat('{}', $Format('{}', $Hello()))", SCOPE, PATH)).toEqual(inner);
  expect(directiveProblem("$CfFormat('{}', $Secret('db'))", SCOPE, ['outputs', 0, 'value'])).toMatchObject({
    fix: 'read the secret where it is needed: here it would be in plain text',
  });
  // The check of the environment says it.
  expect(directiveProblem("$CfFormat('{}', $Secret('db'))", SCOPE, [...PATH, 'environment', 'A'])).toBeUndefined();
});

it('says so where the config has nothing of the kind', () => {
  expect(directiveProblem("$CfResourceParam('a', 'Arn')", NONE, PATH)?.accepted).toBe(
    'a resource of cloudformationResources: the config has none',
  );
});

describe('a secret', () => {
  it('is where it is not written down', () => {
    expect(
      directiveProblem("$Secret('db.key')", SCOPE, ['cloudformationResources', 'x', 'Properties']),
    ).toBeUndefined();
  });

  it.each([
    [['resources', 'job', 'properties', 'container', 'environment', 'KEY'], undefined],
    [['resources', 'db', 'existing', 'password'], undefined],
    [
      ['resources', 'db', 'properties', 'credentials', 'masterUserPassword'],
      "store it in AWS Secrets Manager, and write $Secret('<name>')",
    ],
    [['cloudformationResources', 'x', 'Properties'], "store it in AWS Secrets Manager, and write $Secret('<name>')"],
    [PATH, 'read the secret where it is needed: here it would be in plain text'],
  ])('is a parameter where a container reads it: %j', (path, fix) => {
    expect(directiveProblem("$Parameter('/db/key')", SCOPE, path)?.fix).toBe(fix);
  });

  it('is not taken for a password that only looks like a directive, which no report shows', () => {
    const password = ['resources', 'db', 'properties', 'credentials', 'masterUserPassword'];
    for (const text of ['$hunter2(a)', 'hunter2$Stage()', '$Stage(hunter2']) {
      expect(directiveProblem(text, SCOPE, password)).toBeUndefined();
      expect(partProblem(text, [], password)).toBeUndefined();
      expect(constructDirectiveProblem(text, password)).toBeUndefined();
    }
    expect(directiveProblem("$Secrt('db')", SCOPE, password)?.fix).toBe('did you mean "Secret"?');
    expect(String(constructDirectiveProblem("$Stage('a')", password)?.found)).toContain("$Stage('a')");
  });

  it('is refused where it would be in plain text', () => {
    expect(directiveProblem("$Secret('db.key')", SCOPE, PATH)).toMatchObject({
      found: '"$Secret(\'db.key\')"',
      fix: 'read the secret where it is needed: here it would be in plain text',
    });
  });
});

it.each<[string, string, string | undefined]>([
  [
    'SortRole',
    'Arn',
    'write the ARN or the name of the role of "sort", such as ' +
      "$Format('arn:aws:iam::{}:role/<stackName>-sort-{}', $AwsAccountId(), $Region())",
  ],
  ['SortFunction', 'Arn', "write $ResourceParam('sort', 'arn')"],
  ['SortFunction', 'Ref', "write $ResourceParam('sort', '<param>') with one of name, arn, logGroupArn, url"],
  ['SortLogGroup', 'Arn', "write $ResourceParam('sort', '<param>') with one of name, arn, logGroupArn, url"],
  ['Other', 'Arn', undefined],
])('%s and %s of Stacktape is %s here', (id, attribute, fix) => {
  const types = new Map([['sort', 'function']]);
  const told = fix === undefined ? undefined : `${fix}: the id is of Stacktape's stack`;
  expect(ofStacktape(id, attribute, { types, paramsOf: SCOPE.paramsOf })).toBe(told);
});
