// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets

import { HttpApi, type HttpApiProps } from '../../../modules/resources/http-api-gateway/construct';
import { resolved } from '../../../modules/terraform/resolved';
import { document, foreignStack, Synthesis } from '../../synthesis';

function synthesize(props: Partial<HttpApiProps> = {}, id = 'api') {
  const stack = foreignStack();
  const api = new HttpApi(stack, id, { stackName: 'reports', ...props });
  return { stack, api, synthesis: new Synthesis(stack) };
}

describe('HttpApi', () => {
  it('makes', () => {
    expect(synthesize().synthesis.types).toEqual([
      'aws_apigatewayv2_api', // the API
      'aws_apigatewayv2_stage', // where its routes can be called
      'aws_cloudwatch_log_group', // its access log
    ]);
  });

  it('names every problem of its properties', () => {
    const properties = { payloadFormat: '3.0', throttling: { burst: -1 } } as unknown as HttpApiProps['properties'];
    expect(() => synthesize({ properties })).toThrow(/^stack\/api: 2 problems/);
  });

  it('is an HTTP API without CORS', () => {
    expect(synthesize().synthesis.one('aws_apigatewayv2_api')).toEqual({ name: 'reports-api', protocol_type: 'HTTP' });
  });

  it('has a stage at the root of its address, where routes are deployed by themselves', () => {
    const { format, ...settings } = synthesize().synthesis.one('aws_apigatewayv2_stage').access_log_settings as {
      format: string;
    };
    expect(settings).toEqual({ destination_arn: '${aws_cloudwatch_log_group.api_AccessLog.arn}' });
    expect(synthesize().synthesis.one('aws_apigatewayv2_stage')).toEqual({
      api_id: '${aws_apigatewayv2_api.api.id}',
      name: '$default',
      auto_deploy: true,
      default_route_settings: { throttling_burst_limit: 5000, throttling_rate_limit: 10_000 },
      access_log_settings: { format, ...settings },
    });
  });

  it('logs a line of JSON for each request, which says why it failed', () => {
    const { format } = synthesize().synthesis.one('aws_apigatewayv2_stage').access_log_settings as { format: string };
    expect(format).not.toContain('\n');
    expect(document<object>(format)).toEqual({
      requestId: '$context.requestId',
      time: '$context.requestTime',
      ip: '$context.identity.sourceIp',
      userAgent: '$context.identity.userAgent',
      routeKey: '$context.routeKey',
      path: '$context.path',
      protocol: '$context.protocol',
      status: '$context.status',
      responseLength: '$context.responseLength',
      responseLatency: '$context.responseLatency',
      integrationStatus: '$context.integration.status',
      integrationError: '$context.integrationErrorMessage',
      authorizerError: '$context.authorizer.error',
    });
  });

  it('keeps its log as long as asked, in a group that takes no entry of the log policy', () => {
    const { synthesis } = synthesize({ properties: { logging: { retentionDays: 7 } } });
    expect(synthesis.one('aws_cloudwatch_log_group')).toEqual({
      name: '/aws/vendedlogs/http-api/reports-api',
      retention_in_days: 7,
    });
  });

  it('writes no log if asked so', () => {
    const { synthesis, api } = synthesize({ properties: { logging: { disabled: true } } });
    expect(synthesis.types).toEqual(['aws_apigatewayv2_api', 'aws_apigatewayv2_stage']);
    expect(synthesis.one('aws_apigatewayv2_stage')).not.toHaveProperty('access_log_settings');
    expect(api.accessLog).toBeUndefined();
  });

  it('lets as many requests through as asked', () => {
    const { synthesis } = synthesize({ properties: { throttling: { burst: 5, rate: 0.5 } } });
    expect(synthesis.one('aws_apigatewayv2_stage').default_route_settings).toEqual({
      throttling_burst_limit: 5,
      throttling_rate_limit: 0.5,
    });
  });

  it('answers pages of other origins as asked', () => {
    const { synthesis } = synthesize({
      properties: {
        cors: {
          allowedOrigins: ['https://example.com'],
          allowedHeaders: ['x-${a}'],
          allowedMethods: ['POST'],
          allowCredentials: true,
          exposedResponseHeaders: ['x-b'],
          maxAge: 60,
        },
      },
    });
    expect(synthesis.one('aws_apigatewayv2_api').cors_configuration).toEqual({
      allow_origins: ['https://example.com'],
      allow_headers: ['x-$${a}'],
      allow_methods: ['POST'],
      allow_credentials: true,
      expose_headers: ['x-b'],
      max_age: 60,
    });
  });

  it('has CORS switched off without losing its settings', () => {
    const { synthesis } = synthesize({ properties: { cors: { enabled: false, maxAge: 60 } } });
    expect(synthesis.one('aws_apigatewayv2_api')).not.toHaveProperty('cors_configuration');
  });

  it('says its id, address and host name', () => {
    const { stack, api } = synthesize();
    expect(api.payloadFormat).toBe('1.0');
    expect(resolved(stack, { ...api.params, executionArn: api.executionArn })).toEqual({
      id: expect.stringMatching(/^\$\{aws_apigatewayv2_api\.\w+\.id\}$/),
      url: expect.stringMatching(/^\$\{aws_apigatewayv2_api\.\w+\.api_endpoint\}$/),
      domain: expect.stringMatching(/^\$\{trimprefix\(aws_apigatewayv2_api\.\w+\.api_endpoint, "https:\/\/"\)\}$/),
      executionArn: expect.stringMatching(/^\$\{aws_apigatewayv2_api\.\w+\.execution_arn\}$/),
    });
    expect(synthesize({ properties: { payloadFormat: '2.0' } }).api.payloadFormat).toBe('2.0');
  });

  it('cuts a long name', () => {
    const name = synthesize({}, 'a'.repeat(200)).synthesis.one('aws_apigatewayv2_api').name;
    expect(name).toMatch(/^reports-a+-[0-9a-f]{8}$/);
    expect(name).toHaveLength(128);
  });

  it('reads an existing one and changes nothing of it', () => {
    const { stack, api, synthesis } = synthesize({ existing: { apiId: 'a1b2c3d4e5' } });
    expect(synthesis.types).toEqual([]);
    expect(synthesis.one('data.aws_apigatewayv2_api')).toEqual({ api_id: 'a1b2c3d4e5' });
    expect([api.api, api.stage, api.accessLog]).toEqual([undefined, undefined, undefined]);
    expect(resolved(stack, api.params.url)).toMatch(/^\$\{data\.aws_apigatewayv2_api\.\w+\.api_endpoint\}$/);
  });
});
