import { redisCluster } from '../../modules/resources/redis-cluster/schema';
import { relationalDatabase } from '../../modules/resources/relational-database/schema';
import { problemsWith } from '../stack-config/samples';

const REQUIRED = {
  'redis-cluster': { defaultUserPassword: "$Secret('cache.password')" },
  'relational-database': { engine: { type: 'postgres' } },
};

const problems = (type: keyof typeof REQUIRED, accessibility: object) =>
  problemsWith(type === 'redis-cluster' ? redisCluster : relationalDatabase, {
    type,
    properties: { ...REQUIRED[type], accessibility },
  });

describe.each(['redis-cluster', 'relational-database'] as const)('a %s', (type) => {
  it('takes the mode that lets in those who connect', () => {
    expect(problems(type, { accessibilityMode: 'scoping-workloads-in-vpc' })).toEqual([]);
  });

  it.each(['internet', 'vpc', 'whitelisted-ips-only'])('is not open by the mode %s', (accessibilityMode) => {
    expect(problems(type, { accessibilityMode })).toEqual([
      expect.objectContaining({
        path: 'properties.accessibility.accessibilityMode',
        fix: 'write scoping-workloads-in-vpc, and name it in connectTo of each job that uses it',
      }),
    ]);
  });
});
