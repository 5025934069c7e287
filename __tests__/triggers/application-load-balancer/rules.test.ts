import { configProblems } from '../../stack-config/samples';
import { fixesFor, functionOf, jobOf } from '../../stack-config/with-resources';

const type = 'application-load-balancer';
const LISTENER =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210';
const rule = (loadBalancerName: string, priority: number, more: object = {}) => ({
  loadBalancerName,
  priority,
  paths: [`/${priority}`],
  ...more,
});
const web = { type };
const listeners = [
  { port: 8080, protocol: 'HTTP' },
  { port: 8081, protocol: 'HTTP' },
];
const ported = { type, properties: { listeners } };
const existing = { type, existing: { listenerArn: LISTENER } };

describe('two rules of one listener', () => {
  it('have priorities of their own', () => {
    expect(fixesFor({ web, a: jobOf(type, rule('web', 1), rule('web', 2)), b: jobOf(type, rule('web', 3)) })).toEqual(
      [],
    );
  });

  it('of the same priority are refused, with both places and a free one', () => {
    const resources = { web, a: jobOf(type, rule('web', 1), rule('web', 2)), b: jobOf(type, rule('web', 1)) };
    expect(configProblems({ stackName: 'reports', resources })).toEqual([
      {
        path: 'resources.b.properties.events[0].properties.priority',
        found: '1, which resources.a.properties.events[0].properties has too',
        accepted: 'a different priority for each rule of a listener',
        fix: 'use another one, such as 3: the rule with the lowest number is tried first',
      },
    ]);
  });

  it('are refused once in one job too, where they may listen to different requests', () => {
    const a = jobOf(type, rule('web', 1), rule('web', 1, { paths: ['/other'] }));
    expect(fixesFor({ web, a })).toEqual([
      'a.properties.events[1].properties.priority: use another one, such as 2: the rule with the lowest number is tried first',
    ]);
  });

  it('may be known by two names of the load balancer', () => {
    const resources = { x: existing, y: existing, a: jobOf(type, rule('x', 1)), b: jobOf(type, rule('y', 1)) };
    expect(fixesFor(resources)).toEqual([
      'b.properties.events[0].properties.priority: use another one, such as 2: the rule with the lowest number is tried first',
    ]);
  });

  it('have none free above 50,000', () => {
    const resources = { web, a: jobOf(type, rule('web', 50_000)), b: jobOf(type, rule('web', 50_000)) };
    expect(fixesFor(resources)).toEqual([
      'b.properties.events[0].properties.priority: use another one, such as 49999: the rule with the lowest number is tried first',
    ]);
  });
});

it('rules of two listeners, or of two load balancers, may have the same priority', () => {
  const a = jobOf(type, rule('ported', 1, { listenerPort: 8080 }), rule('ported', 1, { listenerPort: 8081 }));
  expect(fixesFor({ ported, web, a, b: jobOf(type, rule('web', 1)) })).toEqual([]);
});

describe('the port of a listener', () => {
  const where = 'a.properties.events[0].properties.listenerPort';

  it.each([
    [web, 443],
    [existing, 443],
  ])('is not asked of a load balancer with one listener: %j', (loadBalancer, listenerPort) => {
    expect(fixesFor({ web: loadBalancer, a: jobOf(type, rule('web', 1, { listenerPort })) })).toEqual([
      `${where}: remove listenerPort, or give the load balancer listeners`,
    ]);
  });

  it('is required for a load balancer with custom listeners', () => {
    expect(fixesFor({ web: ported, a: jobOf(type, rule('web', 1)) })).toEqual([`${where}: add listenerPort: 8080`]);
    expect(fixesFor({ web: ported, a: jobOf(type, rule('web', 1, { listenerPort: 80 })) })).toEqual([
      `${where}: use 8080, or add the listener`,
    ]);
  });
});

it('a load balancer that the config does not have is reported as a wrong name, and nothing else', () => {
  expect(fixesFor({ web, a: jobOf(type, rule('wep', 1)) })).toEqual([
    'a.properties.events[0].properties.loadBalancerName: did you mean "web"?',
  ]);
});

describe('the rules of a job on a load balancer', () => {
  const all = (...values: (boolean | undefined)[]) =>
    jobOf(type, ...values.map((multiValueHeaders, index) => rule('web', index + 1, { multiValueHeaders })));

  it.each([
    [all(true, true)],
    [all(false, undefined)],
    [jobOf(type, rule('web', 1, { multiValueHeaders: true }), rule('other', 1))],
  ])('have one form of headers: %j', (a) => {
    expect(fixesFor({ web, other: web, a, b: jobOf(type, rule('web', 9, { multiValueHeaders: true })) })).toEqual([]);
  });

  it('do not have two', () => {
    expect(configProblems({ stackName: 'reports', resources: { web, a: all(undefined, true) } })).toEqual([
      {
        path: 'resources.a.properties.events[1].properties.multiValueHeaders',
        found: 'true, and false at resources.a.properties.events[0].properties',
        accepted: 'one value for all rules of "a" on the load balancer, which share a target group',
        fix: 'use the same value for both',
      },
    ]);
  });
});

it('a rule of a function has another priority than one of a job', () => {
  const resources = { web, job: jobOf(type, rule('web', 1)), fn: functionOf(type, rule('web', 1)) };
  expect(fixesFor(resources)).toEqual([
    'fn.properties.events[0].properties.priority: use another one, such as 2: the rule with the lowest number is tried first',
  ]);
});
