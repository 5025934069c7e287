import { byReference, containerVariables, withSecrets } from '../../modules/access/container-variables';
import type { SecretReference } from '../../modules/access/secret';
import type { AwsContext } from '../../modules/terraform/aws-context';

const AWS = { secretArn: (id: string) => `arn:aws:secretsmanager:::secret:${id}` } as AwsContext;
const SECRET = { arn: 'arn:secret' } as unknown as SecretReference;

it('variables of a config stand before those of connections, and secrets too', () => {
  const { variables, secrets } = containerVariables(
    AWS,
    [
      { name: 'MODE', value: 'fast' },
      { name: 'TOKEN', value: "$Secret('api.token')" },
    ],
    { environment: [['STP_ORDERS_NAME', 'orders']], secrets: [['STP_ORDERS_PASSWORD', SECRET]] },
    'report',
  );
  expect(variables).toEqual([
    { name: 'MODE', value: 'fast' },
    { name: 'STP_ORDERS_NAME', value: 'orders' },
  ]);
  expect(secrets.map(([name]) => name)).toEqual(['TOKEN', 'STP_ORDERS_PASSWORD']);
});

it('a malformed directive is refused, at its variable', () => {
  const environment = [{ name: 'TOKEN', value: '$Secret(api.token)' }];
  expect(() => containerVariables(AWS, environment, { environment: [], secrets: [] }, 'report')).toThrow(
    'container.environment.TOKEN',
  );
});

it('a variable that a secret has the value of is among the secrets only', () => {
  const variables = [
    { name: 'URL', value: 'postgres://$(STP_ORDERS_PASSWORD)@orders' },
    { name: 'MODE', value: 'fast' },
  ];
  expect(byReference({ variables, secrets: [['TOKEN', SECRET]] }, [['URL', SECRET]])).toEqual({
    variables: [{ name: 'MODE', value: 'fast' }],
    secrets: [
      ['TOKEN', SECRET],
      ['URL', SECRET],
    ],
  });
});

it('values name the secrets that they need, if a connection has any', () => {
  const variables = [{ name: 'URL', value: 'postgres://orders:5432' }];
  const completed = [{ value: 'postgres://orders:5432', withSecret: 'postgres://$(PASSWORD)@orders:5432' }];
  expect(withSecrets(variables, { completed })).toEqual([
    { name: 'URL', value: 'postgres://$(PASSWORD)@orders:5432' },
    { name: 'STP_COMPLETED', value: 'URL' },
  ]);
  expect(withSecrets(variables, { completed: [] })).toBe(variables);
});
