import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionUrl, type LambdaFunctionUrlCors } from '@cdktf/provider-aws/lib/lambda-function-url';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import type { Construct } from 'constructs';
import type { FunctionUrl } from './resources/function/url';
import { NAME_LIMITS, physicalName } from './rules/naming';
import { jsonLiteral, literal } from './terraform/literal';

/**
 * An HTTPS address of a function. Creates its parts directly in the scope.
 *
 * @param nameParts parts of the names of what it creates
 * @returns the address, with a slash at its end
 */
export function createFunctionUrl(
  scope: Construct,
  { functionName }: LambdaFunction,
  { authMode, cors, responseStreamEnabled }: FunctionUrl,
  nameParts: readonly string[],
): string {
  const { functionUrl } = new LambdaFunctionUrl(scope, 'Url', {
    functionName,
    authorizationType: authMode,
    invokeMode: responseStreamEnabled ? 'RESPONSE_STREAM' : 'BUFFERED',
    ...(cors?.enabled === true && { cors: corsOf(cors) }),
  });
  if (authMode === 'NONE') allowEveryone(scope, functionName, nameParts);
  return functionUrl;
}

function corsOf(cors: NonNullable<FunctionUrl['cors']>): LambdaFunctionUrlCors {
  return {
    allowOrigins: cors.allowedOrigins.map(literal),
    allowHeaders: cors.allowedHeaders.map(literal),
    allowMethods: cors.allowedMethods,
    allowCredentials: cors.allowCredentials,
    ...(cors.exposedResponseHeaders.length > 0 && { exposeHeaders: cors.exposedResponseHeaders.map(literal) }),
    maxAge: cors.maxAge,
  };
}

/**
 * A public address needs two permissions. The second one must hold for calls by the address alone: otherwise, everyone with an AWS account
 * can invoke the function with any event. The AWS provider's resource has no such condition, and CloudFormation's has.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
function allowEveryone(scope: Construct, functionName: string, nameParts: readonly string[]): void {
  new LambdaPermission(scope, 'UrlCallers', {
    functionName,
    action: 'lambda:InvokeFunctionUrl',
    principal: '*',
    functionUrlAuthType: 'NONE',
  });
  new CloudformationStack(scope, 'UrlInvokers', {
    // CloudFormation stack names can't have underscores.
    name: physicalName(NAME_LIMITS.cloudformationStack, ...nameParts, 'url').replace(/_/g, '-'),
    templateBody: jsonLiteral({
      Resources: {
        Invoke: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            FunctionName: functionName,
            Action: 'lambda:InvokeFunction',
            Principal: '*',
            InvokedViaFunctionUrl: true,
          },
        },
      },
    }),
  });
}
