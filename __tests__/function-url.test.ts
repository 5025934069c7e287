// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { join } from 'node:path';
import { BundledFunction } from '../modules/bundled-function';
import { UndeliveredEvents } from '../modules/orchestration/undelivered-events';
import { functionResource } from '../modules/resources/function/schema';
import { AwsContext } from '../modules/terraform/aws-context';
import { problemsWith } from './stack-config/samples';
import { foreignStack, Synthesis } from './synthesis';

const PACKAGING = { type: 'js-bundle', properties: { entryfilePath: 'authorize.ts' } } as const;

type Url = NonNullable<NonNullable<ConstructorParameters<typeof BundledFunction>[2]['properties']>['url']>;

function make(url: Url | undefined, id = 'echo_1') {
  const stack = foreignStack();
  const aws = new AwsContext(stack, 'aws');
  const undeliveredEvents = new UndeliveredEvents(stack, 'undelivered', { stackName: 'reports', aws });
  const baseDir = join(__dirname, '../examples');
  const properties = { packaging: PACKAGING, ...(url && { url }) };
  const made = new BundledFunction(stack, id, { stackName: 'reports', aws, undeliveredEvents, baseDir, properties });
  return { made, synthesis: new Synthesis(stack) };
}

const FUNCTION = '${aws_lambda_function.echo_1_Function.function_name}';

it('there is none by default, and with enabled: false', () => {
  for (const url of [undefined, { enabled: false }]) {
    const { made, synthesis } = make(url);
    expect(made.params.url).toBeUndefined();
    expect(synthesis.types.join()).not.toMatch(/function_url|cloudformation|permission/);
  }
});

it('is for everyone, who may call the function by it alone', () => {
  const { made, synthesis } = make({});
  expect(made.params.url).toBeDefined();
  expect(synthesis.one('aws_lambda_function_url')).toEqual({
    function_name: FUNCTION,
    authorization_type: 'NONE',
    invoke_mode: 'BUFFERED',
  });
  expect(synthesis.one('aws_lambda_permission')).toEqual({
    function_name: FUNCTION,
    action: 'lambda:InvokeFunctionUrl',
    principal: '*',
    function_url_auth_type: 'NONE',
  });
  const { name, template_body } = synthesis.one('aws_cloudformation_stack');
  expect(name).toBe('reports-echo-1-url');
  expect(JSON.parse(String(template_body))).toEqual({
    Resources: {
      Invoke: {
        Type: 'AWS::Lambda::Permission',
        Properties: {
          FunctionName: FUNCTION,
          Action: 'lambda:InvokeFunction',
          Principal: '*',
          InvokedViaFunctionUrl: true,
        },
      },
    },
  });
});

it('with AWS_IAM is for those whose policies allow it', () => {
  const { synthesis } = make({ authMode: 'AWS_IAM', responseStreamEnabled: true });
  expect(synthesis.one('aws_lambda_function_url')).toMatchObject({
    authorization_type: 'AWS_IAM',
    invoke_mode: 'RESPONSE_STREAM',
  });
  expect(synthesis.types.join()).not.toMatch(/cloudformation|permission/);
});

it('answers preflight requests as it is told', () => {
  const cors = (given: NonNullable<Url['cors']>) => make({ cors: given }).synthesis.one('aws_lambda_function_url').cors;
  expect(cors({ enabled: false })).toBeUndefined();
  expect(cors({})).toEqual({
    allow_origins: ['*'],
    allow_headers: ['*'],
    allow_methods: ['*'],
    allow_credentials: false,
    max_age: 0,
  });
  expect(
    cors({
      allowedOrigins: ['https://a.example'],
      allowedHeaders: ['authorization'],
      allowedMethods: ['PUT'],
      allowCredentials: true,
      exposedResponseHeaders: ['etag'],
      maxAge: 5,
    }),
  ).toEqual({
    allow_origins: ['https://a.example'],
    allow_headers: ['authorization'],
    allow_methods: ['PUT'],
    allow_credentials: true,
    expose_headers: ['etag'],
    max_age: 5,
  });
});

it.each([
  [{ enabled: 1 }, 'enabled', '1', 'write true or false'],
  [{ authMode: 'IAM' }, 'authMode', '"IAM"', 'use one of these'],
  [{ cors: { allowedMethods: ['OPTIONS'] } }, 'cors.allowedMethods[0]', '"OPTIONS"', 'use one of these'],
  [{ cors: { allowedOrigins: ['a.example/x'] } }, 'cors.allowedOrigins[0]', '"a.example/x"', 'write https://a.example'],
  [
    { cors: { allowCredentials: true } },
    'cors.allowCredentials',
    'allowCredentials with any origin',
    'list the origins in allowedOrigins',
  ],
  [{ cors: { maxAge: 86_401 } }, 'cors.maxAge', '86401', 'use 86400'],
])('is refused as %j', (url, path, found, fix) => {
  const given = { type: 'function', properties: { packaging: PACKAGING, url } };
  expect(problemsWith(functionResource, given)).toMatchObject([{ path: `properties.url.${path}`, found, fix }]);
});
