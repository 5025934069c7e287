import { Lb } from '@cdktf/provider-aws/lib/lb';
import { LbListener, type LbListenerConfig } from '@cdktf/provider-aws/lib/lb-listener';
import { LbListenerCertificate } from '@cdktf/provider-aws/lib/lb-listener-certificate';
import { SecurityGroup } from '@cdktf/provider-aws/lib/security-group';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import type { Network } from '../../network/network';
import { ConfigError } from '../../problems/config-error';
import { foundValue } from '../../problems/found';
import { nameTag } from '../../rules/descriptions';
import { loadBalancerName } from '../../rules/load-balancer-name';
import { NAME_LIMITS, physicalNamePrefix, shortHash } from '../../rules/naming';
import type { Companion, CompanionContext } from '../companion';
import { applicationLoadBalancerResource, type LOAD_BALANCER_PARAMS, loadBalancerProperties } from './schema';

export type LoadBalancerProps = CompanionContext &
  Omit<z.input<typeof applicationLoadBalancerResource>, 'type' | 'overrides'>;

/** A listener of a load balancer, for a trigger. */
export interface Listener {
  readonly arn: string;
  /** Name of its load balancer. */
  readonly loadBalancerName: string;
}

/**
 * TLS 1.3, and 1.2 with forward secrecy.
 *
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
const SSL_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06';

/** The response to a request that matches no rule. */
const NOT_FOUND = [
  {
    type: 'fixed-response',
    fixedResponse: { statusCode: '404', contentType: 'text/plain', messageBody: 'Not Found' },
  },
];

/** The response to an HTTP request if there is an HTTPS listener. */
const TO_HTTPS = [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }];

/**
 * An internet-facing load balancer. It accepts connections only on its listeners' ports, and opens none, because functions are
 * not in a network.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { LoadBalancer } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new LoadBalancer(stack, 'public', { ...platform.context });
 */
export class LoadBalancer extends Construct implements Companion<'application-load-balancer'> {
  readonly type = 'application-load-balancer';
  readonly params: Companion<'application-load-balancer', typeof LOAD_BALANCER_PARAMS>['params'];
  /** The load balancer, if the stack creates it. */
  readonly loadBalancer?: Lb;
  /** The listeners for rules, by port. An existing load balancer has one listener, without a port. */
  private readonly listeners = new Map<number | undefined, Listener>();
  private readonly hasOwnListeners: boolean;

  constructor(scope: Construct, id: string, given: LoadBalancerProps) {
    super(scope, id);
    const {
      stackName,
      network,
      existing,
      properties = {},
    } = companionProps(this, given, applicationLoadBalancerResource, ['network']);
    if (existing !== undefined) {
      this.hasOwnListeners = false;
      this.listeners.set(undefined, { arn: existing.listenerArn, loadBalancerName: id });
      // .../listener/app/<name>/<id>/<listener> belongs to .../loadbalancer/app/<name>/<id>.
      const arn = existing.listenerArn.replace(':listener/', ':loadbalancer/').replace(/\/[^/]*$/, '');
      this.params = { arn, domain: undefined };
      return;
    }
    const props = parse(loadBalancerProperties, properties, this.node.path);
    const { certificateArn, subnetIds = network.publicSubnetIds ?? network.subnetIds } = props;
    this.hasOwnListeners = props.listeners !== undefined;
    const listeners = props.listeners ?? [defaultListener(certificateArn)];
    const redirects = props.listeners === undefined && certificateArn !== undefined;
    const ports = [...listeners.map(({ port }) => port), ...(redirects ? [80] : [])];
    this.loadBalancer = new Lb(this, 'Resource', {
      name: loadBalancerName(stackName, id),
      loadBalancerType: 'application',
      internal: false,
      subnets: subnetIds,
      securityGroups: [this.createSecurityGroup(network, stackName, ports).id],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: props.deletionProtection,
      // Before the internet access exists, AWS rejects the load balancer, and the internet access cannot be deleted before it.
      ...(network.internetRoute && { dependsOn: [network.internetRoute] }),
    });
    for (const listener of listeners) this.createListener(this.loadBalancer, listener);
    if (redirects) this.listenerResource(this.loadBalancer, { port: 80, protocol: 'HTTP', defaultAction: TO_HTTPS });
    this.params = { arn: this.loadBalancer.arn, domain: this.loadBalancer.dnsName };
  }

  /**
   * The listener of a rule.
   *
   * @param port required for a load balancer that the stack creates, and not allowed for an existing one.
   * @throws ConfigError if there is no such listener.
   */
  listener(port?: number): Listener {
    const [only] = this.listeners.values();
    const listener = this.hasOwnListeners ? port !== undefined && this.listeners.get(port) : port === undefined && only;
    if (listener) return listener;
    const accepted = this.hasOwnListeners
      ? { accepted: `the port of one of its listeners: ${[...this.listeners.keys()].join(', ')}` }
      : { accepted: 'no port: it has one listener', acceptedAs: 'rule' as const };
    const fix = this.hasOwnListeners ? 'name one of these ports' : 'leave the port out';
    throw new ConfigError([{ keys: ['listenerPort'], found: foundValue(port), ...accepted, fix }], this.node.path);
  }

  private createSecurityGroup({ vpcId }: Network, stackName: string, ports: number[]): SecurityGroup {
    return new SecurityGroup(this, 'SecurityGroup', {
      namePrefix: physicalNamePrefix(NAME_LIMITS.securityGroupPrefix, 'load-balancer', stackName, this.node.id),
      description: 'Load balancer: its listeners only',
      vpcId,
      ingress: [...ports]
        .sort((a, b) => a - b)
        .map((port) => ({
          protocol: 'tcp',
          fromPort: port,
          toPort: port,
          cidrBlocks: ['0.0.0.0/0'],
        })),
      tags: nameTag(stackName, this.node.id),
      lifecycle: { createBeforeDestroy: true },
    });
  }

  private createListener(loadBalancer: Lb, { port, protocol, ...written }: ListenerSettings): void {
    const [certificateArn = written.certificateArn, ...others] = written.customCertificateArns ?? [];
    const { arn } = this.listenerResource(loadBalancer, {
      port,
      protocol,
      ...(protocol === 'HTTPS' && { certificateArn, sslPolicy: SSL_POLICY }),
      defaultAction: NOT_FOUND,
    });
    others.forEach((other, index) => {
      // By its ARN: by their places, two that change places would each delete what the other one adds.
      const part = Token.isUnresolved(other) ? `${index + 1}` : shortHash(other);
      new LbListenerCertificate(this, `Certificate${port}-${part}`, { listenerArn: arn, certificateArn: other });
    });
    this.listeners.set(port, { arn, loadBalancerName: this.node.id });
  }

  private listenerResource(
    { arn }: Lb,
    config: Omit<LbListenerConfig, 'loadBalancerArn'> & { readonly port: number },
  ): LbListener {
    return new LbListener(this, `Listener${config.port}`, { loadBalancerArn: arn, ...config });
  }
}

type ListenerSettings = NonNullable<z.output<typeof loadBalancerProperties>['listeners']>[number];

function defaultListener(certificateArn: string | undefined): ListenerSettings {
  return certificateArn === undefined
    ? { port: 80, protocol: 'HTTP' }
    : { port: 443, protocol: 'HTTPS', certificateArn };
}
