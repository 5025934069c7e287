import { source } from '../source';
import { applicationLoadBalancer as schema } from './schema';

/** HTTP requests to a load balancer. */
export const applicationLoadBalancer = source({
  schema,
  trigger: () => (require('./trigger') as typeof import('./trigger')).ApplicationLoadBalancerTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).applicationLoadBalancer,
  selects: ['loadBalancerName', 'listenerPort', 'priority'],
  names: { loadBalancerName: { type: 'application-load-balancer' } },
  props: ({ loadBalancerName, listenerPort, ...settings }, resources) => ({
    listener: resources.get('application-load-balancer', loadBalancerName).listener(listenerPort),
    ...resources.resolve(settings),
  }),
});
