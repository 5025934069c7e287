// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { DbInstance } from '@cdktf/provider-aws/lib/db-instance';
import { ElasticacheReplicationGroup } from '@cdktf/provider-aws/lib/elasticache-replication-group';
import type { TerraformStack } from 'cdktf';
import { type ConnectSource, connect } from '../../modules/resources/connect';
import { AwsContext } from '../../modules/terraform/aws-context';
import { foreignStack } from '../synthesis';
import { resolvedWithoutHashes } from './resolved-connections';

function opened(build: (stack: TerraformStack) => ConnectSource) {
  const stack = foreignStack();
  const { connections } = connect([build(stack)], new AwsContext(stack, 'aws'), [], ['environment']);
  return resolvedWithoutHashes(stack, connections);
}
const size = { instanceClass: 'db.t4g.micro', engine: 'mysql' };

it('DbInstance: its first security group is opened, the password is where RDS keeps it', () => {
  const { environment, secrets, completed, ingressRules, statements } = opened(
    (stack) => new DbInstance(stack, 'db', { ...size, vpcSecurityGroupIds: ['sg-1'], manageMasterUserPassword: true }),
  );
  expect(Object.fromEntries(environment)).toMatchObject({
    STP_DB_HOST: '${aws_db_instance.db.address}',
    STP_DB_PORT: '${aws_db_instance.db.port}',
    STP_DB_CONNECTION_STRING: expect.stringMatching(/^mysql:/),
  });
  const at = '${aws_db_instance.db.address}:${aws_db_instance.db.port}/${aws_db_instance.db.db_name}';
  const user = '${aws_db_instance.db.username}';
  expect(completed).toEqual([
    { value: `mysql://${user}@${at}`, withSecret: `mysql://${user}:$(STP_DB_PASSWORD)@${at}` },
    {
      value: `jdbc:mysql://${at}?user=${user}`,
      withSecret: `jdbc:mysql://${at}?user=${user}&password=$(STP_DB_PASSWORD)`,
    },
  ]);
  const secret = '${aws_db_instance.db.master_user_secret[0].secret_arn}';
  expect(secrets).toEqual([['STP_DB_PASSWORD', { store: 'secret', valueFrom: `${secret}:password::`, arn: secret }]]);
  expect(ingressRules).toEqual([{ key: 'stack/db', securityGroupId: 'sg-1', port: '${aws_db_instance.db.port}' }]);
  expect(statements).toEqual([]);
});

it('DbInstance with a custom password, which is not known here', () => {
  const { secrets, completed } = opened(
    (stack) => new DbInstance(stack, 'db', { ...size, vpcSecurityGroupIds: ['sg-1'], password: 'x' }),
  );
  expect({ secrets, completed }).toEqual({ secrets: [], completed: [] });
});

it('ElasticacheReplicationGroup', () => {
  const { environment, ingressRules } = opened(
    (stack) =>
      new ElasticacheReplicationGroup(stack, 'cache', {
        description: 'cache',
        replicationGroupId: 'cache',
        securityGroupIds: ['sg-2'],
        transitEncryptionEnabled: true,
      }),
  );
  expect(Object.fromEntries(environment).STP_CACHE_CONNECTION_STRING).toMatch(/^rediss:/);
  expect(ingressRules).toEqual([expect.objectContaining({ key: 'stack/cache', securityGroupId: 'sg-2' })]);
});

it('a database is refused in the VPC’s default group, which has no rule to be added to', () => {
  expect(() => opened((stack) => new DbInstance(stack, 'db', size))).toThrow(
    'stack/db: set vpcSecurityGroupIds to a separate security group',
  );
});
