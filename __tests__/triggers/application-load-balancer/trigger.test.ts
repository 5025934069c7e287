// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { LbListener } from '@cdktf/provider-aws/lib/lb-listener';
import {
  type ApplicationLoadBalancerProps,
  ApplicationLoadBalancerTrigger,
} from '../../../triggers/application-load-balancer/trigger';
import { withFunction } from '../function-target';

const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/fedcba9876543210';

function synthesize(props: Partial<ApplicationLoadBalancerProps> = {}, tags?: { readonly [key: string]: string }) {
  return withFunction(
    (scope, target) =>
      new ApplicationLoadBalancerTrigger(scope, 'web', {
        listener: { arn: ARN },
        priority: 1,
        paths: ['/jobs'],
        ...props,
        target,
      }),
    tags && { tags },
  );
}

describe('ApplicationLoadBalancerTrigger', () => {
  it('makes a rule, a target group with the function in it, and the permission to invoke it, and nothing else', () => {
    expect(synthesize().types).toEqual([
      'aws_iam_role',
      'aws_lambda_function',
      // Lets load balancers invoke the function for this one target group.
      'aws_lambda_permission',
      // Which requests.
      'aws_lb_listener_rule',
      // The function as a target.
      'aws_lb_target_group',
      // Puts the function into the target group.
      'aws_lb_target_group_attachment',
      'aws_sqs_queue',
    ]);
  });

  it('forwards to the function once it is a target', () => {
    expect(synthesize({}, { team: 'data' }).one('aws_lb_listener_rule')).toEqual({
      listener_arn: ARN,
      priority: 1,
      condition: [{ path_pattern: { values: ['/jobs'] } }],
      action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.web_TargetGroup.arn}' }],
      tags: { team: 'data' },
      depends_on: ['aws_lb_target_group_attachment.web_TargetGroup_Attachment'],
    });
  });

  it('asks for all values of headers and query parameters', () => {
    const group = synthesize({ multiValueHeaders: true }).one('aws_lb_target_group');
    expect(group.lambda_multi_value_headers_enabled).toBe(true);
    const single = synthesize({ multiValueHeaders: false }).one('aws_lb_target_group');
    expect(single).not.toHaveProperty('lambda_multi_value_headers_enabled');
  });

  it('refuses another form beside a rule with which it shares the target group', () => {
    const two = (multiValueHeaders: boolean) => () =>
      withFunction((scope, target) => {
        const listener = { arn: ARN, loadBalancerName: 'web' };
        const paths = ['/jobs'];
        new ApplicationLoadBalancerTrigger(scope, 'a', {
          listener,
          priority: 1,
          paths,
          multiValueHeaders: true,
          target,
        });
        new ApplicationLoadBalancerTrigger(scope, 'b', { listener, priority: 2, paths, multiValueHeaders, target });
      });
    expect(two(true)).not.toThrow();
    expect(two(false)).toThrow(/multiValueHeaders[\s\S]*is false[\s\S]*true, as the function's other rules/);
  });

  it('makes a target group without health checks, and attaches the function after the permission', () => {
    const synthesis = synthesize({}, { team: 'data' });
    expect(synthesis.one('aws_lb_target_group')).toEqual({
      name: 'reports-nightly-web',
      target_type: 'lambda',
      // AWS rejects an interval that is not longer than the timeout, even if health checks are off.
      health_check: { enabled: false, interval: 35, timeout: 30 },
      tags: { team: 'data' },
    });
    expect(synthesis.one('aws_lambda_permission')).toEqual({
      action: 'lambda:InvokeFunction',
      function_name: '${aws_lambda_function.function.function_name}',
      principal: 'elasticloadbalancing.amazonaws.com',
      source_arn: '${aws_lb_target_group.web_TargetGroup.arn}',
    });
    expect(synthesis.one('aws_lb_target_group_attachment')).toEqual({
      target_group_arn: '${aws_lb_target_group.web_TargetGroup.arn}',
      target_id: '${aws_lambda_function.function.arn}',
      depends_on: ['aws_lambda_permission.web_TargetGroup_Permission'],
    });
  });

  it('has all six kinds of conditions, a separate one for each header and parameter', () => {
    const { condition } = synthesize({
      paths: undefined,
      methods: ['POST'],
      hosts: ['*.example.com'],
      headers: [{ headerName: 'X-Tenant', values: ['${a}'] }],
      queryParams: [{ paramName: 'q', values: ['1'] }],
      sourceIps: ['10.0.0.0/8'],
    }).one('aws_lb_listener_rule');
    expect(condition).toEqual([
      { http_request_method: { values: ['POST'] } },
      { host_header: { values: ['*.example.com'] } },
      { http_header: { http_header_name: 'X-Tenant', values: ['$${a}'] } },
      { query_string: [{ key: 'q', value: '1' }] },
      { source_ip: { values: ['10.0.0.0/8'] } },
    ]);
  });

  it('joins the values of one parameter, and asks for two parameters both', () => {
    const queryParams = [
      { paramName: 'a', values: ['1', '2'] },
      { paramName: 'b', values: ['3'] },
    ];
    expect(synthesize({ queryParams }).one('aws_lb_listener_rule').condition).toEqual([
      { path_pattern: { values: ['/jobs'] } },
      {
        query_string: [
          { key: 'a', value: '1' },
          { key: 'a', value: '2' },
        ],
      },
      { query_string: [{ key: 'b', value: '3' }] },
    ]);
  });

  it('shares one target group between the rules of one load balancer, and has another one for each other', () => {
    const first = { arn: `${ARN}1`, loadBalancerName: 'web' };
    const second = { arn: `${ARN}2`, loadBalancerName: 'web' };
    const other = { arn: `${ARN}3`, loadBalancerName: 'api' };
    const synthesis = withFunction((scope, target) => {
      [first, second, other].forEach((listener, index) => {
        new ApplicationLoadBalancerTrigger(scope, `rule-${index}`, { listener, priority: 1, paths: ['/*'], target });
      });
    });
    expect(Object.keys(synthesis.byId('aws_lb_target_group'))).toEqual(['TargetGroup-api', 'TargetGroup-web']);
    expect(synthesis.all('aws_lb_target_group').map(({ name }) => name)).toEqual([
      'reports-nightly-api',
      'reports-nightly-web',
    ]);
    expect(synthesis.all('aws_lambda_permission')).toHaveLength(2);
  });

  it("takes a provider's own listener", () => {
    const synthesis = withFunction((scope, target) => {
      const listener = new LbListener(scope, 'listener', {
        loadBalancerArn: 'arn',
        defaultAction: [{ type: 'forward' }],
      });
      new ApplicationLoadBalancerTrigger(scope, 'web', { listener, priority: 1, paths: ['/*'], target });
    });
    expect(synthesis.one('aws_lb_listener_rule').listener_arn).toBe('${aws_lb_listener.listener.arn}');
  });

  it('names the rule that has the same priority on the same listener', () => {
    const build = () =>
      withFunction((scope, target) => {
        const listener = { arn: ARN };
        new ApplicationLoadBalancerTrigger(scope, 'a', { listener, priority: 7, paths: ['/a'], target });
        new ApplicationLoadBalancerTrigger(scope, 'b', { listener, priority: 7, paths: ['/b'], target });
      });
    expect(build).toThrow(/stack\/b: 1 problem[\s\S]*7, the priority of stack\/a too/);
  });

  it('shortens the name of a target group to what AWS takes, and writes it in its letters', () => {
    const { name } = withFunction(
      (scope, target) =>
        new ApplicationLoadBalancerTrigger(scope, 'web', {
          listener: { arn: ARN },
          priority: 1,
          paths: ['/*'],
          target,
        }),
      { name: 'a_stack_with_a_long_name-and_a_job_with_a_long_name' },
    ).one('aws_lb_target_group');
    expect(name).toMatch(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,30}[a-zA-Z0-9]$/);
  });
});
