import { z } from 'zod';
import { across, type CheckContext, isToken, numberIn, refuse, strict, text } from '../../config/checked';
import { subnetIds } from '../../config/subnet-ids';
import type { ByName, Written, WrittenProperties } from '../../config/written';
import { ANY_NAME, arnFix } from '../../rules/arn-fix';
import { MAX_PORT } from '../../rules/ports';
import { companionSchema } from '../companion-schema';

const certificateArn = text({
  pattern: /^arn:[^:]+:(acm|iam):/,
  accepted: 'the ARN of a certificate',
  fix: 'write an ARN such as arn:aws:acm:eu-west-1:123456789012:certificate/11111111-2222-3333-4444-555555555555',
});

const listener = across(
  strict({
    /** Port, unique for each listener. */
    port: numberIn({ min: 1, max: MAX_PORT, shapes: 'the listeners' }),
    /** `HTTPS`, which requires a certificate, or `HTTP`, which is not encrypted. */
    protocol: z.enum(['HTTP', 'HTTPS']),
    /** ARN of the certificate for `HTTPS`, in the load balancer's region. Not allowed with `HTTP`. @default none: one of the two is required for `HTTPS` */
    certificateArn: certificateArn.optional(),
    /** ARNs of one or more certificates for `HTTPS`, in the load balancer's region. A client gets the one for its domain, or the first. You can't combine it with `certificateArn`. @default only `certificateArn` */
    customCertificateArns: z.array(certificateArn).min(1).optional(),
  }),
  ({ protocol, certificateArn, customCertificateArns }, context) => {
    const written = customCertificateArns === undefined ? 'certificateArn' : 'customCertificateArns';
    const isCertified = certificateArn !== undefined || customCertificateArns !== undefined;
    if (protocol === 'HTTPS' && !isCertified) {
      const accepted = 'a certificate for HTTPS';
      refuse(context, { found: 'no certificateArn', accepted, fix: 'add certificateArn' }, ['certificateArn']);
    }
    if (protocol === 'HTTP' && isCertified) {
      const fix = `write protocol: 'HTTPS', or remove ${written}`;
      refuse(context, { found: 'a certificate for HTTP', accepted: 'a certificate only for HTTPS', fix }, ['protocol']);
    }
    if (certificateArn !== undefined && customCertificateArns !== undefined) {
      const found = 'certificateArn and customCertificateArns';
      const fix = 'move certificateArn into customCertificateArns, in front: the first one is the default';
      refuse(context, { code: 'conflict', found, accepted: 'at most one of the two', fix });
    }
    checkRepeated(customCertificateArns, context);
  },
);

/** Properties of a load balancer that the stack creates. */
export const loadBalancerProperties = across(
  strict({
    /**
     * ARN of the certificate of the default listener: HTTPS on 443, with a redirect from HTTP on 80. You can't combine it with `listeners`.
     *
     * @default none: the default listener is HTTP on 80, which is not encrypted
     */
    certificateArn: certificateArn.optional(),
    /** Listeners instead of the default one, 1 to 50. Events then select one by `listenerPort`. You can't combine it with `certificateArn`. @default one, see `certificateArn` */
    listeners: z.array(listener).min(1).optional(),
    /** Public subnets in two or more zones. @default the subnets that jobs run in */
    subnetIds: subnetIds().optional(),
    /** AWS refuses to delete the load balancer, also with `destroy`. To delete it, set `false` and deploy first. @default true */
    deletionProtection: z.boolean().default(true),
  }),
  ({ certificateArn, listeners, subnetIds }, context) => {
    if (certificateArn !== undefined && listeners !== undefined) {
      const fix = 'move certificateArn into the HTTPS listeners';
      refuse(context, { found: 'certificateArn and listeners', accepted: 'at most one of the two', fix });
    }
    checkPorts(listeners, context);
    if (Array.isArray(subnetIds) && subnetIds.length < 2) {
      const found = `${subnetIds.length === 0 ? 'no subnet' : 'one subnet'}`;
      const fix = 'add a subnet in another Availability Zone: a load balancer needs two or more';
      refuse(context, { found, accepted: 'two or more subnets in different Availability Zones', fix }, ['subnetIds']);
    }
  },
);

/** An Application Load Balancer. */
export const applicationLoadBalancerResource = companionSchema(
  'application-load-balancer',
  loadBalancerProperties,
  strict({
    /** ARN of the listener that gets the rules. The load balancer and its other rules are not changed. */
    listenerArn: text({
      pattern: /^arn:[^:]+:elasticloadbalancing:[^:]+:\d{12}:listener\/app\/[^/]+\/\w+\/\w+$/,
      accepted: "the ARN of an Application Load Balancer's listener",
      fix: (found) =>
        found.includes(':loadbalancer/')
          ? 'use the ARN of one of its listeners, which has listener/app/ in it'
          : arnFix(
              {
                example:
                  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/web/0123456789abcdef/0123456789abcdef',
                name: ANY_NAME,
              },
              found,
            ),
    }),
  }),
);

function checkRepeated(arns: unknown, context: CheckContext): void {
  if (!Array.isArray(arns)) return;
  arns.forEach((arn, index) => {
    const first = arns.indexOf(arn);
    if (first === index) return;
    const found = `the ARN of customCertificateArns[${first}]`;
    const finding = { found, accepted: 'a different certificate for each entry', fix: 'remove one of them' };
    refuse(context, finding, ['customCertificateArns', index]);
  });
}

function checkPorts(listeners: unknown, context: CheckContext): void {
  if (!Array.isArray(listeners)) return;
  if (listeners.length > 50) {
    const found = `${listeners.length} listeners`;
    refuse(context, { found, accepted: 'up to 50 listeners', fix: 'use a second load balancer' }, ['listeners']);
  }
  const ports = listeners.map((item) => item?.port);
  ports.forEach((port, index) => {
    const duplicate = ports.indexOf(port);
    if (typeof port !== 'number' || isToken(port) || duplicate === index) return;
    const found = `${port}, which is also the port of listeners[${duplicate}]`;
    refuse(context, { found, accepted: 'a different port for each listener', fix: 'change or remove one of them' }, [
      'listeners',
      index,
      'port',
    ]);
  });
}

/** What others can ask of a load balancer. */
export const LOAD_BALANCER_PARAMS = ['arn', 'domain'] as const;

export interface ApplicationLoadBalancerProperties
  extends WrittenProperties<typeof applicationLoadBalancerResource>,
    ByName {}
/** Such a resource as written in a config. */
export interface ApplicationLoadBalancer extends Written<z.input<typeof applicationLoadBalancerResource>> {
  readonly properties?: ApplicationLoadBalancerProperties;
}
