import { fixesFor } from '../stack-config/with-resources';

const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210';
const ADDRESS = {
  engine: 'postgres',
  host: 'db.example.com',
  port: 5432,
  dbName: 'orders',
  userName: 'reader',
  password: "$Secret('db.password')",
  securityGroupId: 'sg-0123456789abcdef0',
};
const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'] };

describe.each<[string, object | undefined, object, string]>([
  [
    'application-load-balancer',
    undefined,
    { listenerArn: LISTENER },
    'add subnetIds to the load balancer, or another subnet to vpc',
  ],
  [
    'relational-database',
    { engine: { type: 'postgres' } },
    ADDRESS,
    'add subnetIds to the database, or another subnet to vpc',
  ],
])('the subnets of %s', (type, properties, existing, fix) => {
  const made = { type, ...(properties && { properties }) };

  it('are more than the one of the network', () => {
    expect(fixesFor({ own: made }, { vpc })).toEqual([`own.properties.subnetIds: ${fix}`]);
  });

  it('are in two zones by its own subnets, by those of the network, or if the stack makes the network', () => {
    const subnetIds = ['subnet-8', 'subnet-9'];
    expect(fixesFor({ own: { type, properties: { ...properties, subnetIds } } }, { vpc })).toEqual([]);
    expect(fixesFor({ own: made }, { vpc: { ...vpc, subnetIds } })).toEqual([]);
    expect(fixesFor({ own: made })).toEqual([]);
  });

  it('are not looked at if it is there already', () => {
    expect(fixesFor({ own: { type, existing } }, { vpc })).toEqual([]);
  });
});
