import { type EventPage, plain } from '../event-page';
import type { applicationLoadBalancer } from './schema';

export const page: EventPage<typeof applicationLoadBalancer> = {
  label: ({ loadBalancerName, paths = [], priority }) => `${paths[0] ?? `priority ${priority}`} of ${loadBalancerName}`,
  requests: ({ loadBalancerName, paths = [''] }) => ({ to: 'load-balancer', name: loadBalancerName, paths }),
  box: ({ loadBalancerName, listenerPort, methods = [], paths = [], hosts = [] }, context) => {
    const what = [methods.join(' or '), [...paths, ...hosts].join(' or ')].filter((part) => part !== '').join(' ');
    const port = listenerPort === undefined ? '' : `, port ${context.value(listenerPort)}`;
    return {
      title: what === '' ? 'Requests' : context.value(what),
      detail: [plain(`load balancer ${loadBalancerName}${port}`)],
      companions: [loadBalancerName],
    };
  },
};
