import { type CollectionTag, Pair, Scalar, type ScalarTag, YAMLMap } from 'yaml';

/** Functions whose long form has the same name. */
const BARE = ['Condition', 'Ref'] as const;

/** Functions whose long form begins with `Fn::`: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html */
const PREFIXED = [
  'And',
  'Base64',
  'Cidr',
  'Equals',
  'FindInMap',
  'GetAZs',
  'GetAtt',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
] as const;

/**
 * The short forms of CloudFormation's functions as YAML tags: `!Ref topic` is read as `{ Ref: topic }`, `!GetAtt queue.Arn` as
 * `{ Fn::GetAtt: [queue, Arn] }`. They work only in `cloudformationResources`. The schema refuses these objects elsewhere.
 */
export const cloudFormationTags: (ScalarTag | CollectionTag)[] = [
  ...BARE.flatMap((name) => tagsOf(name, name)),
  ...PREFIXED.flatMap((name) => tagsOf(name, `Fn::${name}`)),
];

function tagsOf(name: string, key: string): (ScalarTag | CollectionTag)[] {
  const tag = `!${name}`;
  return [
    { tag, resolve: (text) => ({ [key]: name === 'GetAtt' ? attribute(text) : text }) },
    { tag, collection: 'seq', resolve: (args) => call(key, args) },
    { tag, collection: 'map', resolve: (args) => call(key, args) },
  ];
}

function call(key: string, args: unknown): YAMLMap {
  const map = new YAMLMap();
  map.items.push(new Pair(new Scalar(key), args));
  return map;
}

/** A logical id can't contain a dot, an attribute can. */
function attribute(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
