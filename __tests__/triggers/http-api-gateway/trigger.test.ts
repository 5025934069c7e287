// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Apigatewayv2Api } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import type { Construct } from 'constructs';
import { parse } from '../../../modules/config/parse';
import type { EventTarget } from '../../../modules/invocation/event-target';
import { ConfigError } from '../../../modules/problems/config-error';
import type { Problem } from '../../../modules/problems/problem';
import { HttpApi, type HttpApiProps } from '../../../modules/resources/http-api-gateway/construct';
import { UserPool } from '../../../modules/resources/user-auth-pool/construct';
import { BatchJobsStack } from '../../../modules/stack';
import { batchJobsConfig } from '../../../modules/stack-config/config';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { type HttpApiGatewayProps, HttpApiGatewayTrigger } from '../../../triggers/http-api-gateway/trigger';
import { found } from '../../found';
import { foreignStack, Synthesis, typesUnder } from '../../synthesis';

function target(scope: Construct, name: string, timeout?: number): EventTarget {
  return {
    name: `reports-${name}`,
    function: new LambdaFunction(scope, name, { functionName: name, role: 'arn:role', timeout }),
    undeliveredEvents: new SqsQueue(scope, `${name}-queue`, {}),
    grant: () => {
      throw new Error('a route needs nothing from the function that it invokes');
    },
  };
}

type RouteProps = Partial<HttpApiGatewayProps>;

/** A gateway, and routes of one function or of the targets that they name. */
function synthesize(routes: readonly RouteProps[] = [{}], gateway: HttpApiProps['properties'] = {}) {
  const stack = foreignStack();
  const api = new HttpApi(stack, 'api', { stackName: 'reports', properties: gateway });
  const shared = target(stack, 'start', 25);
  const triggers = routes.map(
    (route, index) =>
      new HttpApiGatewayTrigger(stack, `route${index}`, {
        gateway: api,
        target: shared,
        method: 'POST',
        path: '/jobs',
        ...route,
      }),
  );
  return { stack, api, triggers, synthesis: new Synthesis(stack) };
}

function problemsOf(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
  return [];
}

/** The one of a function for a gateway. */
const PERMISSION = /^aws_lambda_permission\.start_Permission-HttpApi-api-[0-9a-f]{8}$/;

describe('HttpApiGatewayTrigger', () => {
  it('creates, in addition to the given gateway and function', () => {
    const { triggers, synthesis } = synthesize();
    expect(triggers.flatMap(typesUnder)).toEqual([]);
    expect(synthesis.types).toEqual([
      'aws_apigatewayv2_api', // given
      'aws_apigatewayv2_integration', // one for the function, below it
      'aws_apigatewayv2_route', // below the gateway
      'aws_apigatewayv2_stage', // given
      'aws_cloudwatch_log_group', // given
      'aws_lambda_function', // given
      'aws_lambda_permission', // for this gateway only
      'aws_sqs_queue', // given
    ]);
  });

  it('hands the whole request to the function, and waits a little longer than the function may take', () => {
    expect(synthesize().synthesis.one('aws_apigatewayv2_integration')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      integration_type: 'AWS_PROXY',
      integration_method: 'POST',
      integration_uri: '${aws_lambda_function.start.invoke_arn}',
      payload_format_version: '1.0',
      timeout_milliseconds: 29_000,
    });
  });

  it('opens a route to everybody once the function may be invoked', () => {
    expect(synthesize().synthesis.one('aws_apigatewayv2_route')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      route_key: 'POST /jobs',
      target: expect.stringMatching(/^integrations\/\$\{aws_apigatewayv2_integration\.[\w-]+\.id\}$/),
      authorization_type: 'NONE',
      depends_on: [expect.stringMatching(PERMISSION)],
    });
  });

  it.each([
    ['POST', '/jobs', 'POST /jobs'],
    ['GET', '/', 'GET /'],
    ['*', '/jobs', 'ANY /jobs'],
    ['GET', '/jobs/{id}', 'GET /jobs/{id}'],
    ['*', '/files/{proxy+}', 'ANY /files/{proxy+}'],
    ['*', '*', '$default'],
    ['*', '$default', '$default'],
  ] as const)('%s %s is the route %s, which the gateway alone may invoke the function for', (method, path, key) => {
    const { synthesis } = synthesize([{ method, path }]);
    expect(synthesis.one('aws_apigatewayv2_route').route_key).toBe(key);
    expect(synthesis.one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.start.function_name}',
      principal: 'apigateway.amazonaws.com',
      source_arn: '${aws_apigatewayv2_api.api.execution_arn}/*/*',
    });
  });

  it.each([
    [undefined, 7000],
    [10, 14_000],
    [25, 29_000],
    [900, 29_000],
  ])('waits for a function with %s s %i ms', (timeout, wait) => {
    const stack = foreignStack();
    const api = new HttpApi(stack, 'api', { stackName: 'reports' });
    const props = { gateway: api, target: target(stack, 'start', timeout), method: 'GET', path: '/' } as const;
    new HttpApiGatewayTrigger(stack, 'route', props);
    expect(new Synthesis(stack).one('aws_apigatewayv2_integration').timeout_milliseconds).toBe(wait);
  });

  it('waits as long as it can for a function whose timeout only Terraform knows', () => {
    const stack = foreignStack();
    const api = new HttpApi(stack, 'api', { stackName: 'reports' });
    const timeout = new TerraformVariable(stack, 'timeout', {}).numberValue;
    const props = { gateway: api, target: target(stack, 'start', timeout), method: 'GET', path: '/' } as const;
    new HttpApiGatewayTrigger(stack, 'route', props);
    expect(new Synthesis(stack).one('aws_apigatewayv2_integration').timeout_milliseconds).toBe(29_000);
  });

  it('has the payload format of the route, else of the gateway, else 1.0', () => {
    const format = (route: RouteProps, gateway: HttpApiProps['properties'] = {}) =>
      synthesize([route], gateway).synthesis.one('aws_apigatewayv2_integration').payload_format_version;
    expect(format({})).toBe('1.0');
    expect(format({}, { payloadFormat: '2.0' })).toBe('2.0');
    expect(format({ payloadFormat: '1.0' }, { payloadFormat: '2.0' })).toBe('1.0');
    expect(format({ payloadFormat: '2.0' })).toBe('2.0');
  });

  it('shares the integration of a function between its routes on a gateway, and only those', () => {
    const { stack, api, synthesis } = synthesize([{}, { path: '/more' }]);
    expect(synthesis.all('aws_apigatewayv2_integration')).toHaveLength(1);
    const other = new HttpApi(stack, 'other', { stackName: 'reports' });
    const second = target(stack, 'second');
    new HttpApiGatewayTrigger(stack, 'a', { gateway: other, target: second, method: 'GET', path: '/a' });
    new HttpApiGatewayTrigger(stack, 'b', { gateway: api, target: second, method: 'GET', path: '/b' });
    expect(new Synthesis(stack).all('aws_apigatewayv2_integration')).toHaveLength(3);
  });

  it('takes a provider’s own API', () => {
    const stack = foreignStack();
    const gateway = new Apigatewayv2Api(stack, 'mine', { name: 'mine', protocolType: 'HTTP' });
    const props = { gateway, target: target(stack, 'start'), method: 'GET', path: '/x' } as const;
    new HttpApiGatewayTrigger(stack, 'route', props);
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_apigatewayv2_route')).toMatchObject({ api_id: '${aws_apigatewayv2_api.mine.id}' });
    expect(synthesis.one('aws_apigatewayv2_integration').payload_format_version).toBe('1.0');
    expect(synthesis.one('aws_lambda_permission').source_arn).toBe('${aws_apigatewayv2_api.mine.execution_arn}/*/*');
  });

  it('takes an existing API, and reads it alone', () => {
    const stack = foreignStack();
    const gateway = new HttpApi(stack, 'api', { stackName: 'reports', existing: { apiId: 'a1b2c3d4e5' } });
    const props = { gateway, target: target(stack, 'start'), method: 'GET', path: '/x' } as const;
    new HttpApiGatewayTrigger(stack, 'route', props);
    const synthesis = new Synthesis(stack);
    expect(synthesis.byId('aws_apigatewayv2_api')).toEqual({});
    expect(synthesis.one('aws_apigatewayv2_route').api_id).toBe('${data.aws_apigatewayv2_api.api_Existing.api_id}');
  });

  it('accepts a gateway of another Terraform stack, to whose stack the parts then belong', () => {
    const app = Testing.app();
    const [first, second] = ['first', 'second'].map((id) => {
      const stack = new TerraformStack(app, id);
      new AwsProvider(stack, 'provider');
      return stack;
    }) as [TerraformStack, TerraformStack];
    const gateway = new HttpApi(first, 'api', { stackName: 'reports' });
    const shared = target(second, 'start');
    new HttpApiGatewayTrigger(second, 'a', { gateway, target: shared, method: 'GET', path: '/a' });
    const same = () => new HttpApiGatewayTrigger(second, 'b', { gateway, target: shared, method: 'GET', path: '/a' });
    expect(problemsOf(same)).toMatchObject([{ path: 'path' }]);
    expect(typesUnder(first)).not.toContain('aws_apigatewayv2_route');
    expect(typesUnder(second)).toContain('aws_apigatewayv2_route');
  });

  describe('refuses', () => {
    it('what the config refuses, all of it at once', () => {
      const problems = problemsOf(() => synthesize([{ path: 'jobs', payloadFormat: '3.0' as '1.0' }]));
      expect(problems.map(({ path }) => path).sort()).toEqual(['path', 'payloadFormat']);
    });

    it('a route that is taken', () => {
      expect(problemsOf(() => synthesize([{ path: '/x/{a}' }, { path: '/x/{b}' }]))).toEqual([
        {
          path: 'path',
          found: 'POST /x/{b}, which another trigger of the gateway takes',
          accepted: 'a method and path that no other route of the gateway has',
          fix: 'change the method or path of one of them, or remove it',
        },
      ]);
    });

    it('two catch-alls', () => {
      const routes = [
        { method: '*', path: '*' },
        { method: '*', path: '$default' },
      ] as const;
      expect(problemsOf(() => synthesize(routes))).toMatchObject([
        { found: '$default, which another trigger of the gateway takes' },
      ]);
    });

    it('two payload formats of one function on one gateway', () => {
      const routes = [{ payloadFormat: '2.0' }, { path: '/more' }] as const;
      expect(problemsOf(() => synthesize(routes))).toEqual([
        {
          path: 'payloadFormat',
          found: '"1.0"',
          accepted: "2.0, as the function's other routes on this gateway have, which share an integration",
          fix: 'use one payload format for all routes of a function on a gateway',
        },
      ]);
    });
  });

  it('with an authorizer is open to those whom it lets through', () => {
    const stack = foreignStack();
    const gateway = new HttpApi(stack, 'api', { stackName: 'reports' });
    const userPool = new UserPool(stack, 'pool', { stackName: 'reports', aws: new AwsContext(stack, 'aws') });
    const decider = new LambdaFunction(stack, 'decider', { functionName: 'decider', role: 'arn:role' });
    const shared = { gateway, target: target(stack, 'start'), method: 'GET' } as const;
    const users = { type: 'cognito', properties: { userPool } } as const;
    const decided = { type: 'lambda', properties: { function: decider } } as const;
    new HttpApiGatewayTrigger(stack, 'a', { ...shared, path: '/a', authorizer: users });
    new HttpApiGatewayTrigger(stack, 'b', { ...shared, path: '/b', authorizer: decided });
    const token = { issuer: 'https://example.com/', audience: ['reports'] };
    const scoped = { ...token, authorizationScopes: ['${start}', 'all'] };
    new HttpApiGatewayTrigger(stack, 'c', { ...shared, path: '/c', authorizer: { type: 'jwt', properties: scoped } });
    new HttpApiGatewayTrigger(stack, 'd', { ...shared, path: '/d', authorizer: { type: 'jwt', properties: token } });
    const routes = new Synthesis(stack).all('aws_apigatewayv2_route');
    const byKey = Object.fromEntries(routes.map((route) => [route.route_key, route]));
    expect(byKey['GET /a']).toMatchObject({
      authorization_type: 'JWT',
      authorizer_id: expect.stringMatching(/^\$\{aws_apigatewayv2_authorizer\.api_Authorizer-pool-[0-9a-f]{8}\.id\}$/),
      depends_on: [expect.stringMatching(PERMISSION), expect.stringContaining('aws_apigatewayv2_authorizer.')],
    });
    const { authorizer_id: shares } = byKey['GET /c'] ?? {};
    expect(byKey['GET /c']).toMatchObject({ authorization_type: 'JWT', authorization_scopes: ['$${start}', 'all'] });
    expect(byKey['GET /d']).toMatchObject({ authorization_type: 'JWT', authorizer_id: shares });
    for (const key of ['GET /a', 'GET /d']) expect(byKey[key]).not.toHaveProperty('authorization_scopes');
    expect(byKey['GET /b']).toMatchObject({
      authorization_type: 'CUSTOM',
      authorizer_id: expect.stringMatching(
        /^\$\{aws_apigatewayv2_authorizer\.api_Authorizer-decider-[0-9a-f]{8}\.id\}$/,
      ),
      depends_on: [
        expect.stringMatching(PERMISSION),
        expect.stringContaining('aws_apigatewayv2_authorizer.'),
        expect.stringMatching(/^aws_lambda_permission\.api_Authorizer-decider/),
      ],
    });
  });
});

describe('in a config', () => {
  const container = { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } };

  function route(path: string, more: object = {}) {
    const properties = { httpApiGatewayName: 'api', method: 'POST', path, ...more };
    return { type: 'http-api-gateway', properties };
  }

  function stackOf(jobs: { readonly [name: string]: readonly object[] }) {
    const entries = Object.entries(jobs).map(([name, events]) => {
      return [name, { type: 'batch-job', properties: { container, resources: { cpu: 1, memory: 512 }, events } }];
    });
    const resources = { ...Object.fromEntries(entries), api: { type: 'http-api-gateway' } };
    const config = { stackName: 'reports', resources };
    return new Synthesis(new BatchJobsStack(Testing.app(), parse(batchJobsConfig, config, 'test')));
  }

  const parts = ['route', 'integration', 'authorizer', 'api', 'stage'].map((part) => `aws_apigatewayv2_${part}`);

  it('a route that goes to another job, and one whose variable is renamed, keep their ids', () => {
    const before = stackOf({ a: [route('/x/{id}')], b: [] }).byId('aws_apigatewayv2_route');
    const after = stackOf({ a: [], b: [route('/x/{key}')] }).byId('aws_apigatewayv2_route');
    expect(Object.keys(after)).toEqual(Object.keys(before));
    expect(after).not.toEqual(before);
  });

  it('the order of jobs and events does not matter', () => {
    const one = stackOf({ a: [route('/x'), route('/y')], b: [route('/z')] });
    const other = stackOf({ b: [route('/z')], a: [route('/y'), route('/x')] });
    for (const type of [...parts, 'aws_lambda_permission']) expect(other.byId(type)).toEqual(one.byId(type));
  });

  it('adding a job changes nothing of the others', () => {
    const one = stackOf({ a: [route('/x')] });
    const more = stackOf({ a: [route('/x')], b: [route('/y')] });
    for (const type of [...parts, 'aws_lambda_permission']) expect(more.byId(type)).toMatchObject(one.byId(type));
  });
});
