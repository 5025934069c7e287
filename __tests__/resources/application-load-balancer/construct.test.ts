// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { TerraformVariable } from 'cdktf';
import { LoadBalancer, type LoadBalancerProps } from '../../../modules/resources/application-load-balancer/construct';
import { foreignStack, Synthesis } from '../../synthesis';
import { context, resolved, withContext } from '../context';

const certificateArn = 'arn:aws:acm:eu-west-1:123456789012:certificate/1';
const existing = {
  listenerArn:
    'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/theirs/0123456789abcdef/fedcba9876543210',
};

function made(props: Pick<LoadBalancerProps, 'properties' | 'existing'> = {}) {
  return withContext((stack, given) => void new LoadBalancer(stack, 'web', { ...given, ...props }));
}

function build(props: Pick<LoadBalancerProps, 'properties' | 'existing' | 'stackName'> | object = {}, id = 'web') {
  const stack = foreignStack();
  return { stack, loadBalancer: new LoadBalancer(stack, id, { ...context(stack), ...props }) };
}

const NOT_FOUND = [
  {
    type: 'fixed-response',
    fixed_response: { status_code: '404', content_type: 'text/plain', message_body: 'Not Found' },
  },
];

describe('LoadBalancer', () => {
  it('is a load balancer, its listener and its security group', () => {
    expect(made().types).toEqual([
      // The load balancer.
      'aws_lb',
      // Where it listens.
      'aws_lb_listener',
      // Who may connect.
      'aws_security_group',
    ]);
  });

  it('faces the internet in the network’s subnets, drops invalid headers, is protected', () => {
    expect(made().one('aws_lb')).toEqual({
      name: 'reports-web',
      load_balancer_type: 'application',
      internal: false,
      subnets: ['subnet-1', 'subnet-2'],
      security_groups: ['${aws_security_group.web_SecurityGroup.id}'],
      drop_invalid_header_fields: true,
      enable_deletion_protection: true,
    });
  });

  it('is made as its properties say', () => {
    const properties = { subnetIds: ['subnet-8', 'subnet-9'], deletionProtection: false };
    expect(made({ properties }).one('aws_lb')).toMatchObject({
      subnets: ['subnet-8', 'subnet-9'],
      enable_deletion_protection: false,
    });
  });

  it('is made after the way to the internet, and so destroyed before it', () => {
    const stack = foreignStack();
    const internetRoute = new TerraformVariable(stack, 'route', {});
    const given = context(stack, { internetRoute });
    new LoadBalancer(stack, 'web', given);
    expect(new Synthesis(stack).one('aws_lb').depends_on).toEqual(['var.route']);
  });

  it('accepts connections on its ports from anywhere, and opens none', () => {
    const { ingress, egress, ...group } = made({ properties: { certificateArn } }).one('aws_security_group');
    const from = { protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'] };
    expect(ingress).toEqual([
      expect.objectContaining({ ...from, from_port: 80, to_port: 80 }),
      expect.objectContaining({ ...from, from_port: 443, to_port: 443 }),
    ]);
    expect(egress).toBeUndefined();
    expect(group).toMatchObject({ name_prefix: 'load-balancer-reports-web-', vpc_id: 'vpc-1' });
  });

  it('without a certificate listens to HTTP on 80, and answers 404 to what no rule takes', () => {
    expect(made().one('aws_lb_listener')).toEqual({
      load_balancer_arn: '${aws_lb.web.arn}',
      port: 80,
      protocol: 'HTTP',
      default_action: NOT_FOUND,
    });
  });

  it('with a certificate listens to HTTPS on 443 and sends HTTP there', () => {
    const synthesis = made({ properties: { certificateArn } });
    expect(synthesis.one('aws_lb_listener', 'Listener443')).toEqual({
      load_balancer_arn: '${aws_lb.web.arn}',
      port: 443,
      protocol: 'HTTPS',
      certificate_arn: certificateArn,
      ssl_policy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
      default_action: NOT_FOUND,
    });
    expect(synthesis.one('aws_lb_listener', 'Listener80').default_action).toEqual([
      { type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', status_code: 'HTTP_301' } },
    ]);
  });

  it('listens where its listeners say, and redirects nothing by itself', () => {
    const listeners = [
      { port: 8443, protocol: 'HTTPS', certificateArn },
      { port: 8080, protocol: 'HTTP' },
    ] as const;
    const synthesis = made({ properties: { listeners: [...listeners] } });
    expect(Object.keys(synthesis.byId('aws_lb_listener'))).toEqual(['web_Listener8080', 'web_Listener8443']);
    expect(synthesis.one('aws_lb_listener', 'Listener8080').default_action).toEqual(NOT_FOUND);
  });

  it('has the first of several certificates by default, and the others by the domain that a client asks for', () => {
    const others = ['2', '3'].map((id) => certificateArn.replace(/1$/, id));
    const certified = (...customCertificateArns: string[]) =>
      made({ properties: { listeners: [{ port: 443, protocol: 'HTTPS', customCertificateArns }] } });
    expect(certified(certificateArn).one('aws_lb_listener').certificate_arn).toBe(certificateArn);
    expect(certified(certificateArn).types).not.toContain('aws_lb_listener_certificate');

    const synthesis = certified(certificateArn, ...others);
    expect(synthesis.one('aws_lb_listener').certificate_arn).toBe(certificateArn);
    const added = synthesis.byId('aws_lb_listener_certificate');
    expect(Object.values(added).map(({ certificate_arn }) => certificate_arn)).toEqual(expect.arrayContaining(others));
    expect(Object.values(added)[0]).toMatchObject({ listener_arn: '${aws_lb_listener.web_Listener443.arn}' });
    // In another order, nothing is added or taken away.
    expect(certified(certificateArn, ...others.reverse()).byId('aws_lb_listener_certificate')).toEqual(added);
  });

  it('has certificates whose ARNs are not known yet', () => {
    const stack = foreignStack();
    const later = new TerraformVariable(stack, 'later', { type: 'string' }).stringValue;
    const listeners = [{ port: 443, protocol: 'HTTPS' as const, customCertificateArns: [certificateArn, later] }];
    new LoadBalancer(stack, 'web', { ...context(stack), properties: { listeners } });
    expect(new Synthesis(stack).byId('aws_lb_listener_certificate')).toEqual({
      'web_Certificate443-1': expect.objectContaining({ certificate_arn: '${var.later}' }),
    });
  });

  it('gives a trigger its one listener, with the name by which rules share a target group', () => {
    const { stack, loadBalancer } = build({ properties: { certificateArn } });
    expect(resolved(stack, loadBalancer.listener())).toEqual({
      arn: '${aws_lb_listener.web_Listener443.arn}',
      loadBalancerName: 'web',
    });
    expect(() => loadBalancer.listener(443)).toThrow('Leave the port out');
  });

  it('gives a trigger the listener of a port', () => {
    const { loadBalancer } = build({ properties: { listeners: [{ port: 8080, protocol: 'HTTP' }] } });
    expect(loadBalancer.listener(8080)).toBe(loadBalancer.listener(8080));
    expect(() => loadBalancer.listener()).toThrow('the port of one of its listeners: 8080');
    expect(() => loadBalancer.listener(80)).toThrow('Name one of these ports');
  });

  it('tells others its ARN and its domain', () => {
    const { stack, loadBalancer } = build();
    expect(resolved(stack, loadBalancer.params)).toEqual({
      arn: '${aws_lb.web.arn}',
      domain: '${aws_lb.web.dns_name}',
    });
  });

  it('that is there already is known by its listener, and left as it is', () => {
    const { loadBalancer } = build({ existing });
    expect(loadBalancer.listener()).toEqual({ arn: existing.listenerArn, loadBalancerName: 'web' });
    expect(loadBalancer.params).toEqual({
      arn: 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/theirs/0123456789abcdef',
      domain: undefined,
    });
    expect(() => loadBalancer.listener(443)).toThrow('Leave the port out');
    expect(made({ existing }).types).toEqual([]);
  });

  it.each([
    ['internal', 'lb-internal-web'],
    ['internal-tools', 'lb-internal-tools-web'],
    ['internals', 'internals-web'],
    ['a_b', 'a-b-web'],
  ])('in the stack %s is called %s: AWS keeps "internal-" for itself, and takes no underscore', (stackName, name) => {
    expect(build({ stackName }).loadBalancer.loadBalancer?.nameInput).toBe(name);
  });

  it('keeps its name within 32 characters', () => {
    const { loadBalancer } = build({}, 'a'.repeat(60));
    expect(loadBalancer.loadBalancer?.nameInput).toMatch(/^[a-z0-9-]{32}$/);
  });

  it('names the construct and the property if its properties are wrong', () => {
    expect(() => made({ properties: { subnetIds: ['subnet-1'] } })).toThrow(/stack\/web: 1 problem[\s\S]*subnetIds/);
  });
});
