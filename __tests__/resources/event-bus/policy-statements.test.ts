import { eventBusResource } from '../../../modules/resources/event-bus/schema';
import { configProblems, problemsWith, tokens } from '../../stack-config/samples';

const ACCOUNT = '210987654321';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/teams/sender`;
const ORGANIZATION = 'o-1234567890';
const SHOP = { Sid: 'Shop', Principal: { AWS: [ACCOUNT] } };

function problems(...policyStatements: unknown[]) {
  return problemsWith(eventBusResource, { type: 'event-bus', properties: { policyStatements } });
}

const anybody = (Condition?: unknown) => ({
  Sid: 'Any',
  Principal: { AWS: ['*'] },
  ...(Condition ? { Condition } : {}),
});
const service = (Condition?: unknown) => ({
  Sid: 'S3',
  Principal: { Service: ['s3.amazonaws.com'] },
  ...(Condition ? { Condition } : {}),
});

describe('the policy of a bus', () => {
  it.each<[string, unknown]>([
    ['an account', SHOP],
    [
      'roles and users',
      { Sid: 'A', Principal: { AWS: [ROLE, `arn:aws:iam::${ACCOUNT}:user/a`, `arn:aws:iam::${ACCOUNT}:root`] } },
    ],
    ['a session', { Sid: 'A', Principal: { AWS: [`arn:aws:sts::${ACCOUNT}:assumed-role/a/b`] } }],
    ['what a directive gives', { Sid: 'A', Principal: { AWS: ["$CfResourceParam('Role', 'Arn')"] } }],
    ['what only Terraform knows', { Sid: 'A', Principal: { AWS: [tokens().TEXT] } }],
    ['an account, with a condition', { ...SHOP, Condition: { StringEquals: { 'events:source': 'shop' } } }],
    ['an organization', anybody({ StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } })],
    ['an organization, written otherwise', anybody({ StringLike: { 'AWS:principalorgid': [ORGANIZATION] } })],
    ['an organization that only Terraform knows', anybody({ StringEquals: { 'aws:PrincipalOrgID': tokens().TEXT } })],
    ['a unit', anybody({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${ORGANIZATION}/r-a/ou-b/*`] } })],
    ['a service for an account', service({ StringEquals: { 'aws:SourceAccount': ACCOUNT } })],
    ['a service for an organization', service({ StringEquals: { 'aws:SourceOrgID': ORGANIZATION } })],
  ])('allows %s', (_, statement) => {
    expect(problems(statement)).toEqual([]);
  });

  const OPEN = 'aws:PrincipalOrgID, aws:PrincipalOrgPaths, aws:PrincipalAccount';

  it.each<[string, unknown]>([
    ['no condition', undefined],
    ['another condition', { StringEquals: { 'events:source': 'shop' } }],
    ['a pattern', { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }],
    ['a pattern beside an organization', { StringLike: { 'aws:PrincipalOrgID': [ORGANIZATION, '*'] } }],
    ['no value', { StringEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['all of none', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': [`${ORGANIZATION}/`] } }],
    ['all others', { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }],
    ['the source of a service', { StringEquals: { 'aws:SourceAccount': ACCOUNT } }],
  ])('refuses anybody with %s', (_, condition) => {
    expect(problems(anybody(condition))).toEqual([
      {
        path: 'properties.policyStatements[0].Condition',
        found: expect.any(String),
        accepted: `StringEquals or StringLike of ${OPEN} with full IDs: without it, anybody with an AWS account can start jobs`,
        fix: `add { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }, or list the accounts in Principal.AWS`,
      },
    ]);
  });

  it.each<[string, unknown]>([
    ['no condition', undefined],
    ['the account of a principal', { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } }],
    ['half an account', { StringLike: { 'aws:SourceAccount': '2109*' } }],
  ])('refuses a service with %s', (_, condition) => {
    expect(problems(service(condition))).toEqual([
      {
        path: 'properties.policyStatements[0].Condition',
        found: expect.any(String),
        accepted:
          'StringEquals or StringLike of aws:SourceOrgID, aws:SourceOrgPaths, aws:SourceAccount with full IDs: without it, the service for any account can start jobs',
        fix: `add { StringEquals: { 'aws:SourceAccount': '123456789012' } }`,
      },
    ]);
  });

  it.each([
    ['2109-8765-4321', 'write "210987654321"'],
    ['21098765432', 'write "123456789012" or arn:aws:iam::123456789012:role/sender'],
    [`arn:aws:iam::${ACCOUNT}:role/*`, 'write "123456789012" or arn:aws:iam::123456789012:role/sender'],
    [`arn:aws:s3:::photos`, 'write "123456789012" or arn:aws:iam::123456789012:role/sender'],
  ])('refuses %s as an account', (written, fix) => {
    expect(problems({ Sid: 'A', Principal: { AWS: [written] } })).toEqual([
      {
        path: 'properties.policyStatements[0].Principal.AWS[0]',
        found: JSON.stringify(written),
        accepted: 'the 12 digits of an account, the ARN of a role or user, or *',
        fix,
      },
    ]);
  });

  it('refuses a service without its domain', () => {
    expect(
      problems({ ...service({ StringEquals: { 'aws:SourceAccount': ACCOUNT } }), Principal: { Service: ['s3'] } }),
    ).toEqual([
      {
        path: 'properties.policyStatements[0].Principal.Service[0]',
        found: '"s3"',
        accepted: "a service's principal such as s3.amazonaws.com",
        fix: 'write s3.amazonaws.com',
      },
    ]);
  });

  it('tells how to write anybody, and who is missing or too much', () => {
    expect(problems({ Sid: 'A', Principal: '*' })).toMatchObject([
      {
        path: 'properties.policyStatements[0].Principal',
        accepted: "an object such as { AWS: ['123456789012'] }, or { AWS: ['*'] } for anybody who meets Condition",
      },
    ]);
    expect(problems({ Sid: 'A', Principal: {} })).toMatchObject([
      {
        path: 'properties.policyStatements[0].Principal',
        accepted: 'exactly one of AWS, Service',
        fix: 'add AWS or Service',
      },
    ]);
    const Condition = { StringEquals: { 'aws:SourceAccount': ACCOUNT } };
    expect(
      problems({ ...service(Condition), Principal: { AWS: [ACCOUNT], Service: ['s3.amazonaws.com'] } }),
    ).toMatchObject([{ path: 'properties.policyStatements[0].Principal', fix: 'keep AWS and remove Service' }]);
    expect(
      problems({
        ...anybody({ StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }),
        Principal: { AWS: [ACCOUNT, '*'] },
      }),
    ).toEqual([
      {
        path: 'properties.policyStatements[0].Principal.AWS[1]',
        found: '"*" and others',
        accepted: '* alone',
        fix: 'remove the others, or remove *: it includes them',
      },
    ]);
  });

  it('needs a name for each statement, which no other has', () => {
    expect(problems(SHOP, SHOP, { Principal: SHOP.Principal }, { ...SHOP, Sid: 'the shop' })).toMatchObject([
      {
        path: 'properties.policyStatements[1].Sid',
        found: '"Shop", which is also the Sid of statement 0',
        accepted: 'each Sid once',
        fix: 'rename one of them',
      },
      { path: 'properties.policyStatements[2].Sid', fix: 'add it: it is required' },
      { path: 'properties.policyStatements[3].Sid', accepted: 'letters and digits', fix: 'write TheShop' },
    ]);
  });

  it('has only the action of putting events, on the bus', () => {
    expect(problems({ ...SHOP, Action: ['events:PutRule'], Resource: ['*'] })).toMatchObject([
      { path: 'properties.policyStatements[0].Action', fix: 'remove it' },
      { path: 'properties.policyStatements[0].Resource', fix: 'remove it' },
    ]);
  });

  it('checks conditions as those of roles', () => {
    expect(problems({ ...SHOP, Condition: { StringIs: { 'events:source': 'shop' } } })).toMatchObject([
      { path: 'properties.policyStatements[0].Condition.StringIs' },
    ]);
  });

  it('belongs to a bus that the stack creates', () => {
    const arn = 'arn:aws:events:eu-west-1:123456789012:event-bus/orders';
    const properties = { policyStatements: [SHOP] };
    expect(problemsWith(eventBusResource, { type: 'event-bus', properties, existing: { arn } })).toMatchObject([
      { found: 'properties and existing', fix: 'remove one of them' },
    ]);
  });

  it('names accounts of the partition of the stack', () => {
    const bus = { type: 'event-bus', properties: { policyStatements: [{ Sid: 'A', Principal: { AWS: [ROLE] } }] } };
    expect(configProblems({ stackName: 'reports', region: 'cn-north-1', resources: { bus } })).toMatchObject([
      {
        path: 'resources.bus.properties.policyStatements[0].Principal.AWS[0]',
        accepted: 'an ARN of the partition aws-cn, as cn-north-1 is',
      },
    ]);
  });
});
