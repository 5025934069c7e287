import {
  isArn,
  isSecretDirective,
  PARAMETER_FORM,
  parameterProblem,
  parseParameter,
  parseSecret,
  SECRET_FORM,
  secretProblem,
  WHOLE_SECRET_ARN,
} from '../../modules/config/secret-directive';

const ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-1234-AbCdEf';
const VERSION = '0a1b2c3d-4e5f-6789-abcd-0a1b2c3d4e5f';
const TOKEN = '${TfToken[TOKEN.5]}';

describe('a secret', () => {
  const parsed = (reference: string) => parseSecret(`$Secret('${reference}')`);

  it.each<[string, object]>([
    ['db', { id: 'db' }],
    ['db.password', { id: 'db', key: 'password' }],
    ['rds!db-1234.password', { id: 'rds!db-1234', key: 'password' }],
    ['team/db:user.name', { id: 'team/db', key: 'user.name' }],
    ['my.app.secret:key', { id: 'my.app.secret', key: 'key' }],
    ['my.app.secret:', { id: 'my.app.secret' }],
    ['my.app.secret:::', { id: 'my.app.secret' }],
    ['db:key:AWSPREVIOUS', { id: 'db', key: 'key', stage: 'AWSPREVIOUS' }],
    ['db::AWSPREVIOUS', { id: 'db', stage: 'AWSPREVIOUS' }],
    [`db:::${VERSION}`, { id: 'db', versionId: VERSION }],
    [`db:key::${VERSION}`, { id: 'db', key: 'key', versionId: VERSION }],
    [`db:::${'a'.repeat(32)}`, { id: 'db', versionId: 'a'.repeat(32) }],
    [`db:::${'a'.repeat(64)}`, { id: 'db', versionId: 'a'.repeat(64) }],
    [`db::${'s'.repeat(256)}`, { id: 'db', stage: 's'.repeat(256) }],
    [ARN, { id: ARN }],
    [`${ARN}:key`, { id: ARN, key: 'key' }],
    [`${ARN}:key::`, { id: ARN, key: 'key' }],
    [`${ARN}::AWSPREVIOUS`, { id: ARN, stage: 'AWSPREVIOUS' }],
    [`${ARN}:key::${VERSION}`, { id: ARN, key: 'key', versionId: VERSION }],
    [TOKEN, { id: TOKEN }],
    [`${TOKEN}:key`, { id: TOKEN, key: 'key' }],
    ['n'.repeat(512), { id: 'n'.repeat(512) }],
    ['a/_+=@!-9', { id: 'a/_+=@!-9' }],
  ])('%s', (reference, expected) => {
    expect(parsed(reference)).toEqual(expected);
  });

  it.each([
    ...['', '.password', ':key', 'db.', 'a b', 'team/db.user.name', 'a.b*', 'a.b?', 'a:*', 'a:b?', 'a.b:c.d:e:f'],
    ...[`db:key:AWSCURRENT:${VERSION}`, 'db:key::short', `db:::${'a'.repeat(65)}`, `db::${'s'.repeat(257)}`],
    ...[`${ARN}.key`, ARN.slice(0, -7), ARN.replace('123456789012', '1'), `${ARN}:a:b:c:d`, `x${TOKEN}`],
    ...['n'.repeat(513), 'db:::: '],
  ])('is not %s', (reference) => {
    expect(parsed(reference)).toBeUndefined();
  });

  it.each(['', "Secret('db')", "$Secret('a', 'b')", '$Secret(5)', '$Secret()', "$Parameter('db')", "x $Secret('db')"])(
    'is not the text %s',
    (text) => {
      expect(parseSecret(text)).toBeUndefined();
    },
  );
});

describe('a parameter', () => {
  it.each([
    ...['key', '/a.b/c_d-e', 'arn:aws:ssm:eu-west-1:123456789012:parameter/a/b', TOKEN, 'k'.repeat(1011)],
    'arn:aws-cn:ssm:cn-north-1::parameter/aws/service/x',
  ])('is %s', (id) => {
    expect(parseParameter(`$Parameter('${id}')`)).toEqual({ id });
  });

  it.each([
    '',
    'a/b',
    '/',
    '/a/',
    '/*',
    '/a:1',
    'key:3',
    'a b',
    'arn:aws:ssm:eu-west-1:123456789012:document/a',
    'k'.repeat(1012),
  ])('is not %s', (id) => {
    expect(parseParameter(`$Parameter('${id}')`)).toBeUndefined();
  });

  it('is not another text', () => {
    expect(parseParameter("$Secret('key')")).toBeUndefined();
    expect(parseParameter('key')).toBeUndefined();
    expect(parseParameter("$Parameter('a', 'b')")).toBeUndefined();
  });
});

it.each([
  [ARN, true],
  [TOKEN, true],
  ['db', false],
  ['my-arn:', false],
  ['db${', false],
])('that the ID %s is an ARN is %s', (id, expected) => {
  expect(isArn(id)).toBe(expected);
});

it.each([
  ["$Secret('db')", true],
  ['$Secret(', true],
  ["$Parameter('db')", true],
  ['$Parameter(', true],
  ['a$Secret(', false],
  ['b$Parameter(', false],
  ['$Secrets(', false],
])('that %s starts as a directive of a secret is %s', (text, expected) => {
  expect(isSecretDirective(text)).toBe(expected);
});

it('the whole ARN of a secret has six more characters', () => {
  expect(WHOLE_SECRET_ARN.test(ARN)).toBe(true);
  expect(WHOLE_SECRET_ARN.test(`${ARN}:key`)).toBe(false);
  expect(WHOLE_SECRET_ARN.test(`x${ARN}`)).toBe(false);
  expect(WHOLE_SECRET_ARN.test(ARN.slice(0, -7))).toBe(false);
});

it('the forms that reports show are those that are read', () => {
  expect(parseSecret(SECRET_FORM.replace('<name>', 'db').replace('<key>', 'user'))).toEqual({ id: 'db', key: 'user' });
  expect(parseParameter(PARAMETER_FORM.replace('<name>', 'db'))).toEqual({ id: 'db' });
});

describe('the problem with a secret', () => {
  const problem = (reference: string) => {
    const { found, accepted, fix } = secretProblem(`$Secret('${reference}')`) ?? {};
    return { found, accepted, fix };
  };

  it('is nothing more than its form, or nothing at all', () => {
    for (const text of ["$Secret('db')", '$Secret(5)', "$Secret('a', 'b')", 'db', "$Secret('')", "$Secret('a b')"]) {
      expect(secretProblem(text)).toBeUndefined();
    }
  });

  it('is that it is a parameter', () => {
    const arn = 'arn:aws:ssm:eu-west-1:123456789012:parameter/a';
    expect(problem(arn)).toMatchObject({
      accepted: 'a secret in AWS Secrets Manager',
      fix: `write $Parameter('${arn}')`,
    });
    expect(problem(`my-${arn}`).accepted).not.toBe('a secret in AWS Secrets Manager');
  });

  it('is that its ARN is cut', () => {
    const cut = {
      accepted: 'the full ARN of a secret',
      fix: 'copy the full ARN, which ends in a hyphen and six random characters, or write the name',
    };
    expect(problem(ARN.slice(0, -7))).toMatchObject(cut);
    expect(problem(`${ARN}.key`)).toMatchObject(cut);
    expect(problem('arn:aws:s3:::bucket')).toMatchObject(cut);
    expect(problem(`${ARN}:*`)).not.toMatchObject(cut);
  });

  it('is that its name has dots', () => {
    expect(problem('team/db.user.name')).toMatchObject({
      accepted: 'a name and a key with a dot between them, or with a colon if the name has dots',
      fix: `write $Secret('team/db.user:name') for the key "name" of "team/db.user", or $Secret('team/db.user.name:') for the whole secret of that name`,
    });
    expect(secretProblem("$Secret('a b.c.d')")).toBeUndefined();
    expect(secretProblem("$Secret('a.b*')")).toBeUndefined();
    expect(secretProblem("$Secret('db.')")).toBeUndefined();
  });

  it('is its key, stage or version', () => {
    const accepted = '<name or ARN>:<key>, <name or ARN>:<key>:<stage> or <name or ARN>:<key>::<version id>';
    const both = 'remove the stage or the version ID: a container accepts only one of them';
    const characters =
      'write a name of letters, digits and /_+=@.!-, a key without * and ?, and a version ID of 32 to 64 characters';
    expect(problem(`db:key:AWSCURRENT:${VERSION}`)).toMatchObject({ accepted, fix: both });
    expect(problem(`${ARN}:key:AWSCURRENT:${VERSION}`)).toMatchObject({ accepted, fix: both });
    expect(problem('db:key::short')).toMatchObject({ accepted, fix: characters });
    expect(problem('a:*')).toMatchObject({ accepted, fix: characters });
    expect(problem(`${ARN}:*`)).toMatchObject({ accepted, fix: characters });
    expect(problem('db:a:b:')).toEqual({ found: undefined, accepted: undefined, fix: undefined });
    expect(problem('my arn:a:b:c:d:e:f:*')).toMatchObject({ fix: both });
  });
});

describe('the problem with a parameter', () => {
  const problem = (name: string) => {
    const { accepted, fix } = parameterProblem(`$Parameter('${name}')`) ?? {};
    return [accepted, fix];
  };
  const accepted = 'the name or ARN of a parameter: letters, digits and ._-/';
  const version = 'remove the version or label: a container gets the newest version';
  const characters = 'correct the name: it can have up to 1,011 characters';

  it('is nothing more than its form, or nothing at all', () => {
    for (const text of ["$Parameter('key')", '$Parameter(5)', "$Parameter('a', 'b')", 'key']) {
      expect(parameterProblem(text)).toBeUndefined();
    }
  });

  it.each([
    [ARN, 'a parameter in AWS Systems Manager', `write $Secret('${ARN}')`],
    ['a/b', accepted, "write $Parameter('/a/b'): a name with a path starts with a slash"],
    ['a/b/', accepted, "write $Parameter('/a/b/'): a name with a path starts with a slash"],
    ['/a/b:3', accepted, version],
    ['key:3', accepted, version],
    ['arn:aws:ssm:eu-west-1:123456789012:parameter/a:3', accepted, version],
    [`my-${ARN}`, accepted, version],
    ['/a b', accepted, characters],
    ['a b', accepted, characters],
    ['k'.repeat(1012), accepted, characters],
  ])('%s', (name, expected, fix) => {
    expect(problem(name)).toEqual([expected, fix]);
  });
});
