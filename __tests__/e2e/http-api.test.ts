import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable } from './engines/ministack';
import { type AppliedStack, describeWith, terraformAvailable, type Workspace } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

const KEY = 'only-for-tests-${x}';

function bundled(entryfilePath: string) {
  return { type: 'stacktape-lambda-buildpack', properties: { entryfilePath } } as const;
}

function route(method: 'GET' | 'POST' | '*', path: string) {
  return { httpApiGatewayName: 'api', method, path } as const;
}

const identitySources = ['$request.header.x-api-key'];
const byKey = { type: 'lambda', properties: { functionName: 'authorize', identitySources } } as const;
const byPool = { type: 'cognito', properties: { userPoolName: 'users' } } as const;

/** No job: routes invoke only functions. */
const config: BatchJobsConfig = {
  stackName: 'http',
  region: 'eu-west-1',
  resources: {
    echo: {
      type: 'function',
      properties: {
        packaging: bundled('fixtures/echo.ts'),
        events: [
          { type: 'http-api-gateway', properties: { ...route('GET', '/open/{id}'), payloadFormat: '2.0' } },
          {
            type: 'http-api-gateway',
            properties: { ...route('POST', '/keyed'), payloadFormat: '2.0', authorizer: byKey },
          },
          {
            type: 'http-api-gateway',
            properties: { ...route('GET', '/users'), payloadFormat: '2.0', authorizer: byPool },
          },
        ],
      },
    },
    fallback: {
      type: 'function',
      properties: {
        packaging: bundled('fixtures/echo.ts'),
        logging: { disabled: true },
        events: [{ type: 'http-api-gateway', properties: route('*', '*') }],
      },
    },
    authorize: {
      type: 'function',
      properties: { packaging: bundled('../../examples/authorize.ts'), environment: { CALLER_KEY: KEY } },
    },
    users: {
      type: 'user-auth-pool',
      properties: { userVerificationType: 'email-link', deletionProtection: false },
    },
    api: {
      type: 'http-api-gateway',
      properties: { cors: { allowedOrigins: ['https://example.com'], allowCredentials: true } },
    },
  },
};

describeWith([terraformAvailable(), emulatorAvailable()], 'HTTP APIs before functions', () => {
  let deployment: Deployment;
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: Workspace;
  let applied: AppliedStack;

  beforeAll(async () => {
    synthesized = synthesize(config);
    deployment = await deploy(synthesized.dir);
    ({ emulator, copy, applied } = deployment);
  });

  afterAll(async () => {
    await deployment?.dispose();
    synthesized?.dispose();
  });

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    const api = [...applied.resources.values()].find(({ type }) => type === 'aws_apigatewayv2_api');
    return fetch(`${emulator.endpoint}/_aws/execute-api/${api?.values.id}/$default${path}`, init);
  }

  it('are applied, and show no change when they are planned again', async () => {
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it('hand a request over in the payload format of the route', async () => {
    const response = await call('/open/7?a=b');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ version: '2.0', routeKey: 'GET /open/{id}', rawQueryString: 'a=b' });
  });

  it('let a function decide, which reads its key as it is in the config', async () => {
    const post = (key?: string) =>
      call('/keyed', { method: 'POST', headers: key === undefined ? {} : { 'x-api-key': key } });
    expect((await post(KEY)).status).toBe(200);
    expect((await post('another')).status).toBe(403);
    expect((await post()).status).toBe(401);
  });

  it('accept only callers with a token of the pool', async () => {
    expect((await call('/users')).status).toBe(401);
    expect((await call('/users', { headers: { authorization: 'Bearer x.y.z' } })).status).toBe(401);
  });

  it('have a catch-all for all other requests', async () => {
    const response = await call('/nowhere', { method: 'DELETE' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ routeKey: '$default' });
  });

  // The emulator always sends 2.0, so only the applied stack shows this.
  it('have one integration for each function, in payload format 1.0 unless a route says otherwise', () => {
    const integrations = [...applied.resources.values()].filter(({ type }) => type === 'aws_apigatewayv2_integration');
    expect(integrations.map(({ values }) => values.payload_format_version).sort()).toEqual(['1.0', '2.0']);
  });

  it('are destroyed and leave nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
