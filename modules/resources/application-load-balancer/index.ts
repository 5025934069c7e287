import { IN_ACCOUNT, OF_NONE } from '../../config/arn-rule';
import { companion } from '../descriptor';
import { applicationLoadBalancerResource, LOAD_BALANCER_PARAMS } from './schema';

export type { ApplicationLoadBalancer } from './schema';

/** The type `application-load-balancer`. */
export const APPLICATION_LOAD_BALANCER = companion({
  type: 'application-load-balancer',
  noun: 'load balancer',
  schema: applicationLoadBalancerResource,
  creates: [['ApplicationLoadBalancer', 'lb']],
  construct: () => (require('./construct') as typeof import('./construct')).LoadBalancer,
  params: LOAD_BALANCER_PARAMS,
  advice: () => (require('./advice') as typeof import('./advice')).plainHttpAdvice,
  existingArns: { listenerArn: IN_ACCOUNT },
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html
  propertyArns: {
    certificateArn: { ...IN_ACCOUNT, refersTo: OF_NONE },
    'listeners[].certificateArn': { ...IN_ACCOUNT, refersTo: OF_NONE },
    'listeners[].customCertificateArns[]': { ...IN_ACCOUNT, refersTo: OF_NONE },
  },
  rules: () => (require('./rules') as typeof import('./rules')).LOAD_BALANCER_RULES,
  absent: {
    domain: (_, existing) =>
      existing === undefined ? undefined : 'write the name itself: the name of an existing load balancer is not known',
  },
  namedBy: ['loadBalancerName'],
  outputs: ['domain'],
  stacktape: () => (require('./stacktape') as typeof import('./stacktape')).STACKTAPE,
});
