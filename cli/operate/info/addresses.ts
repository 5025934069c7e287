import { loadBalancerName } from '../../../modules/rules/load-balancer-name';
import { NAME_LIMITS, physicalName } from '../../../modules/rules/naming';
import type { Deployment } from '../deployment';
import type { Optional } from '../optional';

/** Where the HTTP APIs and load balancers of a stack are reached. Each is asked for once. */
export class Addresses {
  private readonly known = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly deployment: Deployment,
    private readonly optional: Optional,
  ) {}

  /** URL of an HTTP API of the config, without a path. Undefined if it is unknown. */
  api(name: string): Promise<string | undefined> {
    return this.once(`api ${name}`, () => this.optional.of('URLs of HTTP APIs', () => this.findApi(name)));
  }

  /** Host of a load balancer of the config. Undefined if it is unknown. */
  loadBalancer(name: string): Promise<string | undefined> {
    return this.once(`load balancer ${name}`, () =>
      this.optional.of('Hosts of load balancers', () => this.findLoadBalancer(name), ['LoadBalancerNotFoundException']),
    );
  }

  private once(key: string, find: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.known.get(key) ?? find();
    this.known.set(key, known);
    return known;
  }

  private async findApi(name: string): Promise<string | undefined> {
    type Apis = typeof import('@aws-sdk/client-apigatewayv2');
    const { GetApiCommand, GetApisCommand } = require('@aws-sdk/client-apigatewayv2') as Apis;
    const { clients, config, nameStart } = this.deployment;
    const resource = config.resources[name];
    const existing = resource?.type === 'http-api-gateway' ? resource.existing?.apiId : undefined;
    if (existing !== undefined) return (await clients.apis.send(new GetApiCommand({ ApiId: existing }))).ApiEndpoint;
    const Name = physicalName(NAME_LIMITS.httpApi, nameStart, name);
    let NextToken: string | undefined;
    do {
      const page = await clients.apis.send(new GetApisCommand({ NextToken }));
      const found = page.Items?.find((api) => api.Name === Name);
      if (found !== undefined) return found.ApiEndpoint;
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return undefined;
  }

  private async findLoadBalancer(name: string): Promise<string | undefined> {
    type LoadBalancers = typeof import('@aws-sdk/client-elastic-load-balancing-v2');
    const { DescribeLoadBalancersCommand } = require('@aws-sdk/client-elastic-load-balancing-v2') as LoadBalancers;
    const { clients, config, nameStart } = this.deployment;
    const resource = config.resources[name];
    const listener = resource?.type === 'application-load-balancer' ? resource.existing?.listenerArn : undefined;
    const request =
      listener === undefined
        ? { Names: [loadBalancerName(nameStart, name)] }
        : { LoadBalancerArns: [listener.replace(':listener/', ':loadbalancer/').replace(/\/[^/]*$/, '')] };
    const { LoadBalancers } = await clients.loadBalancers.send(new DescribeLoadBalancersCommand(request));
    return LoadBalancers?.[0]?.DNSName;
  }
}
