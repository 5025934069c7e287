import { strict } from '../../modules/config/checked';
import { containerSecret } from '../../modules/config/secret-text';
import { codesWith, problemsWith, tokens } from '../stack-config/samples';

const ACCEPTED = "$Secret('<name>') or $Secret('<name>.<key>'), or $Parameter('<name>')";
const SCHEMA = containerSecret('a password');

describe('a secret that a container reads', () => {
  it.each(["$Secret('db')", "$Secret('db.password')", "$Secret('db.1a')", "$Parameter('/db/password')"])(
    'can be %s',
    (value) => {
      expect(problemsWith(SCHEMA, value)).toEqual([]);
    },
  );

  it('is not shown if it is plain text', () => {
    expect(problemsWith(SCHEMA, 'hunter2')).toEqual([
      {
        path: '',
        found: 'a password in plain text',
        accepted: ACCEPTED,
        fix: "store it in AWS Secrets Manager, and write $Secret('<name>') here",
      },
    ]);
    expect(codesWith(SCHEMA, 'hunter2')).toEqual(['plain-secret']);
  });

  it('is not what only Terraform knows', () => {
    expect(problemsWith(SCHEMA, tokens().TEXT)).toMatchObject([
      { found: 'a value that only Terraform knows', accepted: ACCEPTED },
    ]);
  });

  it.each([20260101, true, { value: 'hunter2' }, ['hunter2']])(
    'is a string, and no report shows another: %j',
    (value) => {
      expect(problemsWith(strict({ password: SCHEMA }), { password: value })).toEqual([
        {
          path: 'password',
          found: 'a password that is not a string',
          accepted: ACCEPTED,
          fix: 'write it as a string, in quotes',
        },
      ]);
    },
  );

  it.each(["$Secret('a' 'b')", '$Secret()', '$Parameter()'])('is refused by another check if it is %s', (value) => {
    expect(problemsWith(SCHEMA, value)).toEqual([]);
  });
});
