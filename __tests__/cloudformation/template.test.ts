import fc from 'fast-check';
import {
  capabilities,
  cloudFormationDocument,
  outputName,
  usedAttributes,
} from '../../modules/cloudformation/template';

const stream = { Type: 'AWS::Kinesis::Stream', Properties: { ShardCount: 1 } };
const topic = { Type: 'AWS::SNS::Topic' };

it('is the resources as they are, where nothing is asked or referred to', () => {
  expect(cloudFormationDocument({ stream, topic }, [])).toEqual({
    template: { Resources: { stream, topic } },
    parameters: new Map(),
  });
});

it.each([
  ['Arn', 'AWS::Kinesis::Stream', { 'Fn::GetAtt': ['x', 'Arn'] }],
  ['Ref', 'AWS::Kinesis::Stream', { Ref: 'x' }],
  ['Arn', 'AWS::SNS::Topic', { Ref: 'x' }],
  ['TopicName', 'AWS::SNS::Topic', { 'Fn::GetAtt': ['x', 'TopicName'] }],
  ['Arn', 'AWS::SecretsManager::Secret', { Ref: 'x' }],
  ['Endpoint.Port', 'AWS::RDS::DBInstance', { 'Fn::GetAtt': ['x', 'Endpoint.Port'] }],
])('asks CloudFormation for %s of a %s', (attribute, Type, Value) => {
  const { template } = cloudFormationDocument({ x: { Type } }, [{ logicalId: 'x', attribute }]);
  expect(template.Outputs).toEqual({ [outputName({ logicalId: 'x', attribute })]: { Value } });
});

it('gives the outputs in an order of their own, so that the order of jobs does not matter', () => {
  const asked = [
    { logicalId: 'b', attribute: 'Arn' },
    { logicalId: 'a', attribute: 'Ref' },
  ];
  const names = (directives: typeof asked) =>
    Object.keys(cloudFormationDocument({ a: stream, b: stream }, directives).template.Outputs ?? {});
  expect(names(asked)).toEqual(names([...asked].reverse()));
});

it('names outputs so that CloudFormation takes them and no two are the same', () => {
  const id = fc.stringMatching(/^[A-Za-z0-9]{1,4}$/);
  const attribute = fc.array(id, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('.'));
  const directive = fc.record({ logicalId: id, attribute });
  fc.assert(
    fc.property(directive, directive, (a, b) => {
      expect(outputName(a)).toMatch(/^[A-Za-z][A-Za-z0-9]+$/);
      expect(outputName(a) === outputName(b)).toBe(a.logicalId === b.logicalId && a.attribute === b.attribute);
    }),
  );
});

describe('a directive in the resources', () => {
  const policy = (text: string) => ({
    p: { Type: 'AWS::SQS::QueuePolicy', Properties: { list: [{ Resource: text }] } },
  });
  const placed = (resources: { [id: string]: unknown }) =>
    JSON.parse(JSON.stringify(resources.p)).Properties.list[0].Resource;

  it('for a resource that Terraform makes is a parameter, once', () => {
    const text = "$ResourceParam('bucket', 'arn')";
    const { template, parameters } = cloudFormationDocument({ ...policy(text), q: policy(text).p }, []);
    const [[name, directive] = []] = parameters;
    expect(parameters.size).toBe(1);
    expect(directive).toEqual({ resource: 'bucket', param: 'arn' });
    expect(name).toMatch(/^bucketArn[0-9a-f]{8}$/);
    expect(template.Parameters).toEqual({ [String(name)]: { Type: 'String' } });
    expect(placed(template.Resources)).toEqual({ Ref: name });
  });

  it.each([
    ["$CfResourceParam('stream', 'Arn')", { 'Fn::GetAtt': ['stream', 'Arn'] }],
    ["$CfResourceParam('topic', 'Arn')", { Ref: 'topic' }],
    ["$Secret('db.password')", '{{resolve:secretsmanager:db:SecretString:password}}'],
    ["$Secret('token')", '{{resolve:secretsmanager:token:SecretString}}'],
    ['${AWS::Region}', '${AWS::Region}'],
    ['text', 'text'],
  ])('%s is %j', (text, value) => {
    const { template } = cloudFormationDocument({ ...policy(text), stream, topic }, []);
    expect(placed(template.Resources)).toEqual(value);
    expect(template.Parameters).toBeUndefined();
  });
});

it('a format is joined from its parts', () => {
  const text = "$CfFormat('{}/*,{}!', $ResourceParam('bucket', 'arn'), $CfResourceParam('topic', 'Arn'))";
  const { template, parameters } = cloudFormationDocument(
    { topic, p: { Type: 'AWS::SNS::Topic', Resource: text } },
    [],
  );
  const [name] = [...parameters.keys()];
  expect(template.Resources.p).toMatchObject({
    Resource: { 'Fn::Join': ['', [{ Ref: name }, '/*,', { Ref: 'topic' }, '!']] },
  });
});

it('finds each attribute that a config uses, once, wherever it is', () => {
  const value = {
    a: ["$CfResourceParam('stream', 'Arn')", { b: "$CfResourceParam('stream', 'Arn')" }],
    c: '$CfResourceParam("topic", "Ref")',
    d: "$ResourceParam('x', 'arn')",
    e: undefined,
    f: 5,
    g: "$CfFormat('{}{}', $CfResourceParam('stream', 'Arn'), $CfResourceParam('stream', 'Ref'))",
  };
  expect(usedAttributes(value)).toEqual([
    { logicalId: 'stream', attribute: 'Arn' },
    { logicalId: 'topic', attribute: 'Ref' },
    { logicalId: 'stream', attribute: 'Ref' },
  ]);
});

it.each([
  [{ stream }, []],
  [{ stream, role: { Type: 'AWS::IAM::Role' } }, ['CAPABILITY_NAMED_IAM']],
])('%j needs %j', (Resources, needed) => {
  expect(capabilities({ Resources })).toEqual(needed);
});
