import { strict } from '../../modules/config/checked';
import { passwordProblem, passwordText } from '../../modules/config/password-text';
import { codesWith, problemsWith, tokens } from '../stack-config/samples';

const RULE = { min: 8, max: 12, pattern: /^[a-z0-9$()'.{}]+$/, characters: 'small letters and digits' };
const SCHEMA = passwordText(RULE);
const SECRETS = "$Secret('<name>') or $Secret('<name>.<key>')";
const ACCEPTED = `${SECRETS}, or a password of 8 to 12 characters`;
const STORE = "store it in AWS Secrets Manager, and write $Secret('<name>') here";

describe('a password', () => {
  it.each(["$Secret('db')", "$Secret('db._a')", "$Secret('db.a1')", "$Secret('db.A')", 'hunter23', 'a$b${c}d'])(
    'can be %s',
    (value) => {
      expect(problemsWith(SCHEMA, value)).toEqual([]);
    },
  );

  it.each([
    ['hunter2', 'out-of-range', 'a password of 7 characters', '8 to 12 characters', 'write 8 or more characters'],
    ['h', 'out-of-range', 'a password of 1 character', '8 to 12 characters', 'write 8 or more characters'],
    ['', 'out-of-range', 'a password of 0 characters', '8 to 12 characters', 'write 8 or more characters'],
    [
      'hunter2hunter2',
      'out-of-range',
      'a password of 14 characters',
      '8 to 12 characters',
      'write up to 12 characters',
    ],
    ['hunter2 h', 'invalid-format', 'a password with other characters', RULE.characters, 'choose another password'],
    ['$hunter(2)', 'invalid-directive', 'a password with a directive in it', SECRETS, STORE],
    ["$Stage('a')", 'invalid-directive', 'a password with a directive in it', SECRETS, STORE],
    ['hunter$Stage()', 'invalid-directive', 'a password with a directive in it', SECRETS, STORE],
  ])('is not shown if its service refuses it: %j', (value, code, found, accepted, fix) => {
    expect(problemsWith(SCHEMA, value)).toEqual([{ path: '', found, accepted, fix }]);
    expect(codesWith(SCHEMA, value)).toEqual([code]);
  });

  it.each([20260101, true, { value: 'hunter2' }, ['hunter2']])(
    'is a string, and no report shows another: %j',
    (value) => {
      const fix = 'write it as a string, in quotes';
      expect(problemsWith(strict({ password: SCHEMA }), { password: value })).toEqual([
        { path: 'password', found: 'a password that is not a string', accepted: ACCEPTED, fix },
      ]);
      expect(codesWith(strict({ password: SCHEMA }), { password: value })).toEqual(['wrong-type']);
    },
  );

  it('is not missing', () => {
    expect(problemsWith(SCHEMA, undefined)).toMatchObject([{ found: 'nothing', accepted: ACCEPTED }]);
  });

  it('is not what only Terraform knows', () => {
    expect(problemsWith(SCHEMA, tokens().TEXT)).toEqual([
      { path: '', found: 'a value that only Terraform knows', accepted: SECRETS, fix: STORE },
    ]);
  });

  it.each(["$Secret('a' 'b')", '$Secret()', '$Parameter()'])('is refused by another check if it is %s', (value) => {
    expect(problemsWith(SCHEMA, value)).toEqual([]);
  });

  it.each(['1a', 'a-b'])('is not in the key %s of a secret, which Terraform cannot read', (key) => {
    expect(problemsWith(SCHEMA, `$Secret('db.${key}')`)).toEqual([
      {
        path: '',
        found: `"$Secret('db.${key}')"`,
        accepted: SECRETS,
        fix: 'rename the key: use letters, digits and _, starting with a letter',
      },
    ]);
    expect(codesWith(SCHEMA, `$Secret('db.${key}')`)).toEqual(['plain-secret']);
  });
});

it('a password without a problem has none', () => {
  expect(passwordProblem('hunter23', RULE)).toBeUndefined();
});
