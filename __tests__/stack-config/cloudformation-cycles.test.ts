import { indexed } from '../../modules/config/indexed-config';
import { findingsOf } from '../../modules/config/rule';
import { acyclic } from '../../modules/stack-config/cloudformation-cycles';

const Type = 'AWS::SQS::Queue';

function rings(cloudformationResources: object) {
  return findingsOf([acyclic], indexed({ cloudformationResources })).map(({ path, finding }) => [
    path.slice(1).join('.'),
    String(finding.found).replaceAll('cloudformationResources.', '').replace('a ring of references: ', ''),
  ]);
}

/** A resource `a` with a property, and `bus` and `c` that refer back to `a`. */
function withProperty(value: unknown) {
  return rings({
    a: { Type, Properties: { p: value } },
    bus: { Type, DependsOn: 'a' },
    c: { Type, DependsOn: ['a'] },
  });
}

it('reports a ring as CloudFormation would find it', () => {
  const config = { a: { Type, DependsOn: ['c', 'b'] }, b: { Type, DependsOn: 'a' }, c: { Type } };
  expect(findingsOf([acyclic], indexed({ cloudformationResources: config }))).toEqual([
    {
      path: ['cloudformationResources', 'a', 'DependsOn', 1],
      finding: {
        code: 'circular-reference',
        found:
          'a ring of references: cloudformationResources.a.DependsOn[1] refers to b, cloudformationResources.b.DependsOn refers to a',
        accepted: 'references that do not lead back: CloudFormation creates a resource after the ones it refers to',
        fix: 'remove one of these references',
      },
    },
  ]);
});

it('reports the first of several references to the same resource', () => {
  const b = { Type, Properties: { p: { Ref: 'c' }, q: { Ref: 'a' } } };
  expect(
    rings({ z: { Type, DependsOn: 'a' }, a: { Type, DependsOn: ['b', 'b'] }, c: { Type, DependsOn: 'a' }, b }),
  ).toEqual([['a.DependsOn.0', 'a.DependsOn[0] refers to b, b.Properties.q.Ref refers to a']]);
});

it('reports a resource that refers to itself', () => {
  expect(rings({ a: { Type, Properties: { p: { Ref: 'a' } } } })).toEqual([
    ['a.Properties.p.Ref', 'a.Properties.p.Ref refers to a'],
  ]);
});

it.each<[string, unknown]>([
  ['p.Ref', { Ref: 'bus' }],
  ['p[1].Ref', ['x', { Ref: 'bus' }]],
  ['p["Fn::GetAtt"]', { 'Fn::GetAtt': ['bus', 'Arn'] }],
  ['p["Fn::GetAtt"]', { 'Fn::GetAtt': 'bus.Arn' }],
  ['p["Fn::Join"][1][0].Ref', { 'Fn::Join': ['', [{ Ref: 'bus' }]] }],
  ['p["Fn::Sub"]', { 'Fn::Sub': 'x-${bus}' }],
  ['p["Fn::Sub"]', { 'Fn::Sub': 'x-${bus.Arn}' }],
  ['p["Fn::Sub"]', { 'Fn::Sub': ['${bus}', { other: 1 }] }],
  ['p["Fn::Sub"][1].own.Ref', { 'Fn::Sub': ['${own}', { own: { Ref: 'bus' } }] }],
  ['p["Fn::GetAtt"][1].Ref', { 'Fn::GetAtt': ['other', { Ref: 'bus' }] }],
  ['p', "$CfResourceParam('bus', 'Arn')"],
  ['p', "$CfFormat('{}-{}', $CfResourceParam('other', 'Arn'), $CfResourceParam('bus', 'Arn'))"],
])('a reference at %s leads to another resource: %j', (path, value) => {
  expect(withProperty(value)).toEqual([
    [expect.any(String), `a.Properties.${path} refers to bus, bus.DependsOn refers to a`],
  ]);
});

it.each<[unknown]>([
  [{ 'Fn::Sub': ['${bus}', { bus: 'own' }] }],
  [{ 'Fn::Sub': 'bus' }],
  [{ 'Fn::Sub': '${!bus}' }],
  [{ Ref: 'AWS::Region' }],
  [{ Ref: 'toString' }],
  ['bus'],
  [null],
  [5],
  ["$ResourceParam('bus', 'arn')"],
])('%j leads to no other resource', (value) => {
  expect(withProperty(value)).toEqual([]);
});

it('skips a dependency that is no text', () => {
  expect(rings({ a: { Type, DependsOn: 5 }, b: { Type, DependsOn: [{ a: 'b' }] }, c: null })).toEqual([]);
});
