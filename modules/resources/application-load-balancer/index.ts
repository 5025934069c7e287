import { companion } from '../descriptor';
import { applicationLoadBalancerResource, LOAD_BALANCER_PARAMS } from './schema';

/** The type `application-load-balancer`. */
export const APPLICATION_LOAD_BALANCER = companion({
  type: 'application-load-balancer',
  noun: 'load balancer',
  schema: applicationLoadBalancerResource,
  construct: () => (require('./construct') as typeof import('./construct')).LoadBalancer,
  params: LOAD_BALANCER_PARAMS,
  absent: {
    domain: (_, existing) =>
      existing === undefined ? undefined : 'write the name itself: the name of an existing load balancer is not known',
  },
  namedBy: ['loadBalancerName'],
  output: 'domain',
});
