import { APPLICATION_LOAD_BALANCER } from '../../modules/resources/application-load-balancer';
import { source } from '../source';
import { applicationLoadBalancer } from './schema';

export type { ApplicationLoadBalancerEvent } from './schema';

/** HTTP requests to a load balancer. */
export const APPLICATION_LOAD_BALANCER_SOURCE = source({
  schema: applicationLoadBalancer,
  trigger: () => (require('./trigger') as typeof import('./trigger')).ApplicationLoadBalancerTrigger,
  sample: () => (require('./sample') as typeof import('./sample')).applicationLoadBalancer,
  facts: () => (require('./facts') as typeof import('./facts')).facts,
  page: () => (require('./page') as typeof import('./page')).page,
  selects: ['loadBalancerName', 'listenerPort', 'priority'],
  aliases: { multiValueHeaders: 'multiValueHeadersEnabled lambdaMultiValueHeadersEnabled' },
  creates: [['Rule', 'lb-listener-rule']],
  rules: () => (require('./rules') as typeof import('./rules')).APPLICATION_LOAD_BALANCER_RULES,
  props: ({ loadBalancerName, listenerPort, ...settings }, resources) => ({
    listener: resources.get(APPLICATION_LOAD_BALANCER, loadBalancerName).listener(listenerPort),
    ...resources.resolve(settings),
  }),
});
