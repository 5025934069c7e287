import { applicationLoadBalancer, loadBalancerSettings } from '../../../triggers/application-load-balancer/schema';
import { problemsWith, tokens } from '../../stack-config/samples';

const type = 'application-load-balancer';
const own = { loadBalancerName: 'web', priority: 1 };
const problems = (more: object) => problemsWith(applicationLoadBalancer, { type, properties: { ...own, ...more } });

describe('an application-load-balancer event', () => {
  it.each([
    { paths: ['/'] },
    { paths: ['/a/*', '/b?c', '*.png'] },
    { methods: ['GET', 'PURGE', 'M-SEARCH'] },
    { hosts: ['example.com', '*.example.com', 'a.??'] },
    { headers: [{ headerName: 'X-Tenant', values: ['a*'] }] },
    { queryParams: [{ paramName: 'q', values: ['1', '2'] }] },
    { sourceIps: ['10.0.0.0/8', '2001:db8::/32'] },
    { paths: ['/*'], methods: ['GET'], hosts: ['*.example.com'], sourceIps: ['10.0.0.0/8'] },
    { paths: ['/*/*/*/*/*'] },
    { paths: ['/'], listenerPort: 8080, priority: 50_000 },
    { paths: [tokens().TEXT], priority: tokens().NUMBER },
  ])('takes %j', (properties) => {
    expect(problems(properties)).toEqual([]);
  });

  it('fills nothing in', () => {
    const properties = { ...own, paths: ['/'] };
    expect(applicationLoadBalancer.parse({ type, properties })).toEqual({ type, properties });
  });

  const tooMany = 'split them into several events with different priorities';
  it.each([
    [{}, 'properties', "add paths: ['/*'] to match every request"],
    [{ paths: [] }, 'properties.paths', 'add an entry'],
    [{ paths: ['/1', '/2', '/3', '/4', '/5', '/6'] }, 'properties', tooMany],
    [{ paths: ['/1', '/2', '/3'], headers: [{ headerName: 'X', values: ['1', '2', '3'] }] }, 'properties', tooMany],
    [{ paths: ['/*/*/*/*/*/?'] }, 'properties', tooMany],
    [{ paths: ['/*'], queryParams: [{ paramName: '***', values: ['**'] }] }, 'properties', tooMany],
    [{ paths: ['jobs'] }, 'properties.paths[0]', 'write /jobs'],
    [{ paths: ['/a b'] }, 'properties.paths[0]', 'write a path such as /jobs/*'],
    [{ paths: [`/${'a'.repeat(128)}`] }, 'properties.paths[0]', 'write a path such as /jobs/*'],
    [{ methods: ['post'] }, 'properties.methods[0]', 'write POST'],
    [{ methods: ['*'] }, 'properties.methods[0]', 'write a method such as POST'],
    [{ hosts: ['https://example.com'] }, 'properties.hosts[0]', 'remove the scheme and the path'],
    [{ hosts: ['localhost'] }, 'properties.hosts[0]', 'write a host such as *.example.com'],
    [{ hosts: ['10.0.0.1'] }, 'properties.hosts[0]', 'write a host such as *.example.com'],
    [{ headers: [{ headerName: 'Host', values: ['a'] }] }, 'properties.headers[0].headerName', 'use hosts'],
    [
      { headers: [{ headerName: 'X-*', values: ['a'] }] },
      'properties.headers[0].headerName',
      'write a name such as X-Tenant',
    ],
    [{ headers: [{ headerName: 'X', values: [] }] }, 'properties.headers[0].values', 'add an entry'],
    [
      { headers: [{ headerName: 'X', values: ['a'.repeat(129)] }] },
      'properties.headers[0].values[0]',
      'shorten it, with * for any characters',
    ],
    [
      { queryParams: [{ paramName: '', values: ['a'] }] },
      'properties.queryParams[0].paramName',
      'shorten it, with * for any characters',
    ],
    [{ sourceIps: ['10.0.0.1'] }, 'properties.sourceIps[0]', 'write 10.0.0.1/32'],
    [{ sourceIps: ['::1'] }, 'properties.sourceIps[0]', 'write ::1/128'],
    [{ sourceIps: ['home'] }, 'properties.sourceIps[0]', 'write a range such as 203.0.113.0/24'],
    [{ sourceIps: ['300.0.0.0/8'] }, 'properties.sourceIps[0]', 'write a range such as 203.0.113.0/24'],
    [{ sourceIps: ['10.0.0.0/33'] }, 'properties.sourceIps[0]', 'write a range such as 203.0.113.0/24'],
    [{ paths: ['/'], priority: 0 }, 'properties.priority', 'use 1'],
    [{ paths: ['/'], priority: 50_001 }, 'properties.priority', 'use 50000'],
    [{ paths: ['/'], priority: undefined }, 'properties.priority', 'add it: it is required'],
    [{ paths: ['/'], listenerPort: 70_000 }, 'properties.listenerPort', 'use 65535'],
    [
      { paths: ['/'], listenerPort: tokens().NUMBER },
      'properties.listenerPort',
      'write the number itself: it is needed for which listener gets the rule',
    ],
  ])('refuses %j', (properties, path, fix) => {
    expect(problems(properties)).toEqual([expect.objectContaining({ path, fix })]);
  });

  it('checks the conditions of the trigger by itself too', () => {
    expect(problemsWith(loadBalancerSettings, { priority: 1 })).toHaveLength(1);
    expect(problemsWith(loadBalancerSettings, { priority: 1, paths: ['/'], loadBalancerName: 'web' })).toHaveLength(1);
  });
});
