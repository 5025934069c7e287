// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { TerraformVariable } from 'cdktf';
import { CloudwatchLogTrigger, type LogGroupSource } from '../../../triggers/cloudwatch-log/trigger';
import { foreignStack, Synthesis } from '../../synthesis';
import { beside, functionTarget } from '../function-target';

const ARN = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/orders';

function synthesize(logGroup: LogGroupSource = { arn: ARN }, props: { filter?: string } = {}): Synthesis {
  const stack = foreignStack();
  new CloudwatchLogTrigger(stack, 'errors', { logGroup, target: functionTarget(stack), ...props });
  return new Synthesis(stack);
}

describe('CloudwatchLogTrigger', () => {
  it('creates, in addition to what was given', () => {
    expect(synthesize().types).toEqual([
      'aws_cloudwatch_log_subscription_filter',
      'aws_iam_role', // given, and nothing is added to it
      'aws_lambda_function', // given
      'aws_lambda_permission', // for the log groups of the account
      'aws_sqs_queue', // given
    ]);
  });

  it.each([ARN, `${ARN}:*`])('subscribes the function to %s, once CloudWatch may invoke it', (arn) => {
    expect(synthesize({ arn }).one('aws_cloudwatch_log_subscription_filter')).toEqual({
      name: 'reports-nightly-errors',
      log_group_name: '/aws/lambda/orders',
      filter_pattern: '',
      destination_arn: '${aws_lambda_function.function.arn}',
      depends_on: ['aws_lambda_permission.function_Permission-log-groups'],
    });
  });

  it.each([ARN, `${ARN}:*`])(
    'lets log groups invoke the function for %s, of its own account and region only',
    (arn) => {
      expect(synthesize({ arn }).one('aws_lambda_permission')).toEqual({
        action: 'lambda:InvokeFunction',
        function_name: '${aws_lambda_function.function.function_name}',
        principal: 'logs.amazonaws.com',
        source_arn: beside('logs', 'log-group:*'),
        source_account: '${element(split(":", aws_lambda_function.function.arn), 4)}',
      });
    },
  );

  it('filters', () => {
    const { filter_pattern: pattern } = synthesize(undefined, { filter: '{ $.level = "ERROR" } ${x}' }).one(
      'aws_cloudwatch_log_subscription_filter',
    );
    expect(pattern).toBe('{ $.level = "ERROR" } $${x}');
  });

  it('takes a log group of the provider', () => {
    const stack = foreignStack();
    const logGroup = new CloudwatchLogGroup(stack, 'orders', { name: 'orders' });
    new CloudwatchLogTrigger(stack, 'errors', { logGroup, target: functionTarget(stack) });
    const synthesis = new Synthesis(stack);
    expect(synthesis.one('aws_cloudwatch_log_subscription_filter').log_group_name).toBe(
      '${aws_cloudwatch_log_group.orders.name}',
    );
  });

  it('lets Terraform read the name where it alone knows the ARN', () => {
    const stack = foreignStack();
    const arn = new TerraformVariable(stack, 'arn', {}).stringValue;
    new CloudwatchLogTrigger(stack, 'errors', { logGroup: { arn }, target: functionTarget(stack) });
    expect(new Synthesis(stack).one('aws_cloudwatch_log_subscription_filter').log_group_name).toBe(
      '${element(split(":", var.arn), 6)}',
    );
  });

  it("refuses the function's own log, which would invoke it indefinitely", () => {
    const arn = 'arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/mine:*';
    expect(() => synthesize({ arn })).toThrow(/stack\/errors[\s\S]*\/aws\/lambda\/mine[\s\S]*indefinitely/);
  });

  it('refuses a filter that CloudWatch does not take', () => {
    expect(() => synthesize(undefined, { filter: 'x'.repeat(1025) })).toThrow(/filter[\s\S]*it has 1025/);
  });
});
