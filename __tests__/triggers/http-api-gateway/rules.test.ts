import { configProblems, SMALLEST_JOB } from '../../stack-config/samples';

interface Route {
  readonly method?: string;
  readonly path: string;
  readonly gateway?: string;
  readonly payloadFormat?: string;
}

function event({ method = 'POST', path, gateway = 'api', payloadFormat }: Route) {
  const properties = { httpApiGatewayName: gateway, method, path, ...(payloadFormat && { payloadFormat }) };
  return { type: 'http-api-gateway', properties };
}

/** Problems of a config with two gateways and the routes of jobs and functions by name; names that start with `fn` are functions. */
function problems(owners: { readonly [name: string]: readonly Route[] }, gateway: object = {}) {
  const resources = Object.entries(owners).map(([name, routes]) => {
    const events = routes.map(event);
    const packaging = { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'a.ts' } };
    return name.startsWith('fn')
      ? [name, { type: 'function', properties: { packaging, events } }]
      : [name, { type: 'batch-job', properties: { ...SMALLEST_JOB, events } }];
  });
  const gateways = { api: { type: 'http-api-gateway', properties: gateway }, other: { type: 'http-api-gateway' } };
  return configProblems({ stackName: 'reports', resources: { ...Object.fromEntries(resources), ...gateways } });
}

describe('routes that a gateway takes together', () => {
  it.each<[string, { readonly [name: string]: readonly Route[] }]>([
    ['other methods', { a: [{ path: '/x' }, { path: '/x', method: 'GET' }], b: [{ path: '/x', method: '*' }] }],
    ['other paths', { a: [{ path: '/x' }], b: [{ path: '/y' }] }],
    ['other gateways', { a: [{ path: '/x' }], b: [{ path: '/x', gateway: 'other' }] }],
    ['a segment beside a variable', { a: [{ path: '/x/{id}' }], b: [{ path: '/x/me' }] }],
    ['a greedy variable beside one', { a: [{ path: '/x/{id}' }], b: [{ path: '/x/{proxy+}' }] }],
    ['the same variable deeper', { a: [{ path: '/x/{id}' }], b: [{ path: '/x/{id}/y/{other}' }] }],
    ['other names in other places', { a: [{ path: '/x/{id}' }], b: [{ path: '/y/{name}' }] }],
    ['a catch-all beside all else', { a: [{ path: '*', method: '*' }], b: [{ path: '/{proxy+}', method: '*' }] }],
  ])('%s', (_, owners) => {
    expect(problems(owners)).toEqual([]);
  });
});

describe('routes that a gateway refuses together', () => {
  it('the same method and path of two jobs', () => {
    expect(problems({ a: [{ path: '/x' }], b: [{ path: '/y' }, { path: '/x' }] })).toEqual([
      {
        path: 'resources.b.properties.events[1].properties.path',
        found: 'POST /x, which is also the route of resources.a.properties.events[0].properties',
        accepted: 'a method and path that no other route of "api" has',
        fix: 'change the method or path of one of them, or remove it',
      },
    ]);
  });

  it('of a job and a function, and of one function', () => {
    const [first, second, third, ...more] = problems({ a: [{ path: '/x' }], fn: [{ path: '/x' }, { path: '/x' }] });
    expect(first).toMatchObject({ path: 'resources.fn.properties.events[0].properties.path' });
    expect(second).toMatchObject({ path: 'resources.fn.properties.events[1]' });
    expect(third).toMatchObject({ path: 'resources.fn.properties.events[1].properties.path' });
    expect(more).toEqual([]);
  });

  it('of one job, said once', () => {
    expect(problems({ a: [{ path: '/x' }, { path: '/x' }] })).toMatchObject([
      { path: 'resources.a.properties.events[1]', found: 'the same source and selection as events[0]' },
    ]);
  });

  it('two catch-alls, however they are written', () => {
    expect(problems({ a: [{ path: '*', method: '*' }], b: [{ path: '$default', method: '*' }] })).toMatchObject([
      { found: '$default, which is also the route of resources.a.properties.events[0].properties' },
    ]);
  });

  it('paths that differ only in the names of their variables', () => {
    expect(problems({ a: [{ path: '/x/{id}' }], b: [{ path: '/x/{name}' }] })).toMatchObject([
      {
        found:
          'POST /x/{name}, which matches what POST /x/{id} matches, which is also the route of resources.a.properties.events[0].properties',
      },
    ]);
  });

  it.each([
    ['another method', { method: 'GET', path: '/x/{name}' }, '{name} in /x/{name}', '{id}'],
    ['a deeper path', { path: '/x/{name}/y' }, '{name} in /x/{name}/y', '{id}'],
  ])('a variable of another name in the same place, with %s', (_, route, found, wanted) => {
    expect(problems({ a: [{ path: '/x/{id}' }], b: [route] })).toEqual([
      {
        path: 'resources.b.properties.events[0].properties.path',
        found,
        accepted: `the name that the variable has in resources.a.properties.events[0].properties: ${wanted}`,
        fix: `write ${wanted}: API Gateway accepts one variable name at each position of a path`,
      },
    ]);
  });

  it('a greedy variable of another name', () => {
    const owners = { a: [{ path: '/x/{all+}' }], b: [{ path: '/x/{rest+}', method: 'GET' }] };
    expect(problems(owners)).toMatchObject([{ found: '{rest+} in /x/{rest+}' }]);
  });
});

describe('payload formats', () => {
  it('differ between jobs, and between gateways of one job', () => {
    const owners = {
      a: [
        { path: '/x', payloadFormat: '2.0' },
        { path: '/x', gateway: 'other', payloadFormat: '1.0' },
      ],
      b: [{ path: '/y', payloadFormat: '1.0' }],
    };
    expect(problems(owners)).toEqual([]);
  });

  it('are one for the routes of one job on one gateway', () => {
    const owners = {
      a: [
        { path: '/x', payloadFormat: '2.0' },
        { path: '/y', payloadFormat: '1.0' },
      ],
    };
    expect(problems(owners)).toEqual([
      {
        path: 'resources.a.properties.events[1].properties.payloadFormat',
        found: '1.0, and 2.0 at resources.a.properties.events[0].properties',
        accepted: 'one payload format for all routes of "a" on "api", which share an integration',
        fix: 'use the same format for both, or set it on the gateway',
      },
    ]);
  });

  it('come from the gateway where a route says nothing, and are 1.0 where it says nothing either', () => {
    const owners = { a: [{ path: '/x' }, { path: '/y', payloadFormat: '2.0' }] };
    expect(problems(owners, { payloadFormat: '2.0' })).toEqual([]);
    expect(problems(owners)).toMatchObject([{ found: '2.0, and 1.0 at resources.a.properties.events[0].properties' }]);
  });
});

it('an invalid route is reported only for its own problems', () => {
  const owners = { a: [{ path: '/x/' }], b: [{ path: '/x/' }, { path: '/y', method: 'FETCH' }] };
  expect(problems(owners).map(({ path }) => path)).toEqual([
    'resources.a.properties.events[0].properties.path',
    'resources.b.properties.events[0].properties.path',
    'resources.b.properties.events[1].properties.method',
  ]);
});
