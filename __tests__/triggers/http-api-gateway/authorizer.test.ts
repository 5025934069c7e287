// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { ConfigError } from '../../../modules/problems/config-error';
import { HttpApi } from '../../../modules/resources/http-api-gateway/construct';
import { UserPool } from '../../../modules/resources/user-auth-pool/construct';
import { AwsContext } from '../../../modules/terraform/aws-context';
import { findOrCreateAuthorizer, type HttpApiAuthorizerSource } from '../../../triggers/http-api-gateway/authorizer';
import { foreignStack, Synthesis, typesUnder } from '../../synthesis';

function setup() {
  const stack = foreignStack();
  const gateway = new HttpApi(stack, 'api', { stackName: 'reports' });
  const aws = new AwsContext(stack, 'aws');
  const existing = { userPoolId: 'us-east-1_aB3', clientId: 'client' };
  const userPool = new UserPool(stack, 'pool', { stackName: 'reports', aws, existing });
  const decider = new LambdaFunction(stack, 'decider', { functionName: 'decider', role: 'arn:role' });
  return {
    stack,
    gateway,
    cognito: (settings: object = {}): HttpApiAuthorizerSource => ({
      type: 'cognito',
      properties: { userPool, ...settings },
    }),
    jwt: (settings: object = {}): HttpApiAuthorizerSource => ({
      type: 'jwt',
      properties: { issuer: 'https://example.eu.auth0.com/', audience: ['reports'], ...settings },
    }),
    lambda: (settings: object = {}): HttpApiAuthorizerSource => ({
      type: 'lambda',
      properties: { function: decider, ...settings },
    }),
    authorizer: (source: HttpApiAuthorizerSource) => findOrCreateAuthorizer(stack, gateway, source, 'stack/route'),
    synthesis: () => new Synthesis(stack),
  };
}

describe('an authorizer for tokens of any issuer', () => {
  it('takes tokens of the issuer for its audiences', () => {
    const { authorizer, jwt, synthesis } = setup();
    const { authorizationType, permission } = authorizer(jwt({ audience: ['reports', '${x}'] }));
    expect([authorizationType, permission]).toEqual(['JWT', undefined]);
    expect(synthesis().one('aws_apigatewayv2_authorizer')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: expect.stringMatching(/^jwt-[0-9a-f]{8}$/),
      authorizer_type: 'JWT',
      lifecycle: { create_before_destroy: true },
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: { issuer: 'https://example.eu.auth0.com/', audience: ['reports', '$${x}'] },
    });
  });

  it('is shared by routes with other scopes, but not with another issuer or audience', () => {
    const { authorizer, jwt } = setup();
    const first = authorizer(jwt());
    expect(authorizer(jwt({ authorizationScopes: ['start'] }))).toBe(first);
    expect(authorizer(jwt({ issuer: 'https://example.com' }))).not.toBe(first);
    expect(authorizer(jwt({ audience: ['others'] }))).not.toBe(first);
    expect(authorizer(jwt({ identitySources: ['$request.querystring.token'] }))).not.toBe(first);
  });

  it('of an issuer that only Terraform knows is called the same, however many tokens there are before', () => {
    const nameWith = (before: number) => {
      const { stack, authorizer, jwt } = setup();
      const bucket = new S3Bucket(stack, 'bucket', {});
      for (let index = 0; index < before; index++) void bucket.arn;
      return authorizer(jwt({ issuer: bucket.arn })).node.id;
    };
    expect(nameWith(3)).toBe(nameWith(0));
  });

  it('needs an audience', () => {
    const { authorizer, jwt } = setup();
    expect(() => authorizer(jwt({ audience: [] }))).toThrow(ConfigError);
  });
});

describe('an authorizer for users of a pool', () => {
  it('makes', () => {
    const { authorizer, cognito } = setup();
    expect(typesUnder(authorizer(cognito()))).toEqual(['aws_apigatewayv2_authorizer']); // checks tokens by itself
  });

  it('takes tokens of the pool for its client', () => {
    const { authorizer, cognito, synthesis } = setup();
    const { authorizationType, permission } = authorizer(cognito());
    expect([authorizationType, permission]).toEqual(['JWT', undefined]);
    expect(synthesis().one('aws_apigatewayv2_authorizer')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: expect.stringMatching(/^pool-[0-9a-f]{8}$/),
      authorizer_type: 'JWT',
      lifecycle: { create_before_destroy: true },
      identity_sources: ['$request.header.Authorization'],
      jwt_configuration: {
        issuer: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_aB3',
        audience: ['client'],
      },
    });
  });

  it('finds the token where the config says', () => {
    const { authorizer, cognito, synthesis } = setup();
    authorizer(cognito({ identitySources: ['$request.querystring.token'] }));
    expect(synthesis().one('aws_apigatewayv2_authorizer').identity_sources).toEqual(['$request.querystring.token']);
  });
});

describe('an authorizer by a function', () => {
  it('makes', () => {
    const { authorizer, lambda } = setup();
    expect(typesUnder(authorizer(lambda()))).toEqual([
      'aws_apigatewayv2_authorizer',
      'aws_lambda_permission', // for this authorizer only
    ]);
  });

  it('asks the function about each request', () => {
    const { authorizer, lambda, synthesis } = setup();
    expect(authorizer(lambda()).authorizationType).toBe('CUSTOM');
    expect(synthesis().one('aws_apigatewayv2_authorizer')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: expect.stringMatching(/^decider-[0-9a-f]{8}$/),
      authorizer_type: 'REQUEST',
      lifecycle: { create_before_destroy: true },
      authorizer_uri: '${aws_lambda_function.decider.invoke_arn}',
      authorizer_payload_format_version: '2.0',
      enable_simple_responses: true,
      authorizer_result_ttl_in_seconds: 0,
    });
  });

  it('does as asked', () => {
    const { authorizer, lambda, synthesis } = setup();
    const identitySources = ['$request.header.X-Key', '$context.routeKey'];
    authorizer(lambda({ iamResponse: true, identitySources, cacheResultSeconds: 60 }));
    expect(synthesis().one('aws_apigatewayv2_authorizer')).toMatchObject({
      enable_simple_responses: false,
      identity_sources: identitySources,
      authorizer_result_ttl_in_seconds: 60,
    });
  });

  it('keeps no answer with identity sources either, unless asked', () => {
    const { authorizer, lambda, synthesis } = setup();
    authorizer(lambda({ identitySources: ['$request.header.X-Key'] }));
    expect(synthesis().one('aws_apigatewayv2_authorizer').authorizer_result_ttl_in_seconds).toBe(0);
  });

  it('alone may invoke it', () => {
    const { authorizer, lambda, synthesis } = setup();
    authorizer(lambda());
    expect(synthesis().one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.decider.arn}',
      principal: 'apigateway.amazonaws.com',
      lifecycle: { create_before_destroy: true },
      source_arn: expect.stringMatching(
        /^\$\{aws_apigatewayv2_api\.api\.execution_arn\}\/authorizers\/\$\{aws_apigatewayv2_authorizer\.[\w-]+\.id\}$/,
      ),
    });
  });
});

describe('a gateway', () => {
  it('has one authorizer for one source with the same settings, written out or not', () => {
    const { authorizer, cognito, lambda } = setup();
    expect(authorizer(cognito())).toBe(authorizer(cognito({ identitySources: ['$request.header.Authorization'] })));
    expect(authorizer(lambda())).toBe(authorizer(lambda({ iamResponse: false, cacheResultSeconds: 0 })));
  });

  it('has others for other settings, sources and gateways', () => {
    const { stack, authorizer, cognito, lambda, synthesis } = setup();
    authorizer(cognito());
    authorizer(cognito({ identitySources: ['$request.querystring.token'] }));
    authorizer(lambda());
    authorizer(lambda({ iamResponse: true }));
    const other = new HttpApi(stack, 'other', { stackName: 'reports' });
    findOrCreateAuthorizer(stack, other, lambda(), 'stack/route');
    const made = synthesis().all('aws_apigatewayv2_authorizer');
    expect(made).toHaveLength(5);
    expect(new Set(made.map(({ api_id, name }) => `${api_id} ${name}`)).size).toBe(5);
  });
});

it('settings that API Gateway would refuse are refused with the trigger’s place', () => {
  const { authorizer, lambda, cognito } = setup();
  expect(() => authorizer(lambda({ cacheResultSeconds: 5 }))).toThrow(ConfigError);
  expect(() => authorizer(lambda({ cacheResultSeconds: 5 }))).toThrow(
    /^stack\/route authorizer: 1 problem\n\n 1 {2}cacheResultSeconds/,
  );
  expect(() => authorizer(cognito({ identitySources: [] }))).toThrow(/\n 1 {2}identitySources/);
});
