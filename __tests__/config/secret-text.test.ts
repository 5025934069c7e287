import { containerSecret, secretText } from '../../modules/config/secret-text';
import { codesWith, problemsWith, tokens } from '../stack-config/samples';

const SECRETS = "$Secret('<name>') or $Secret('<name>.<key>')";
const STORE = "store it in AWS Secrets Manager, and write $Secret('<name>') here";

describe.each([
  ['that Terraform reads', secretText('a password'), SECRETS],
  ['that a container reads', containerSecret('a password'), `${SECRETS}, or $Parameter('<name>')`],
])('a secret %s', (_, schema, accepted) => {
  it.each(["$Secret('db')", "$Secret('db.password')"])('can be %s', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });

  it('is not shown if it is plain text', () => {
    expect(problemsWith(schema, 'hunter2')).toEqual([
      { path: '', found: 'a password in plain text', accepted, fix: STORE },
    ]);
    expect(codesWith(schema, 'hunter2')).toEqual(['plain-secret']);
  });

  it('is not what only Terraform knows', () => {
    expect(problemsWith(schema, tokens().TEXT)).toMatchObject([
      { found: 'a value that only Terraform knows', accepted },
    ]);
  });

  it('is a text', () => {
    expect(problemsWith(schema, 5)).toMatchObject([{ accepted }]);
  });

  it.each(["$Secret('a' 'b')", '$Secret()', '$Parameter()'])('is refused by another check if it is %s', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });
});

it('only a container reads parameters', () => {
  expect(problemsWith(containerSecret('a value'), "$Parameter('/db/password')")).toEqual([]);
});

it.each(['_a', 'a1', 'A'])('Terraform reads the key %s', (key) => {
  expect(problemsWith(secretText('a password'), `$Secret('db.${key}')`)).toEqual([]);
});

it.each(['1a', 'a-b'])('Terraform does not read the key %s', (key) => {
  expect(problemsWith(secretText('a password'), `$Secret('db.${key}')`)).toEqual([
    {
      path: '',
      found: `"$Secret('db.${key}')"`,
      accepted: SECRETS,
      fix: 'rename the key: use letters, digits and _, starting with a letter',
    },
  ]);
  expect(codesWith(secretText('a password'), `$Secret('db.${key}')`)).toEqual(['plain-secret']);
  expect(problemsWith(containerSecret('a password'), `$Secret('db.${key}')`)).toEqual([]);
});
