import { subnetsOfTwoZones } from '../two-zones';
import { applicationLoadBalancerResource } from './schema';

/** AWS requires two zones. */
export const LOAD_BALANCER_RULES = [
  subnetsOfTwoZones('conflict', applicationLoadBalancerResource, {
    accepted: 'two or more public subnets in different Availability Zones',
    fix: 'add subnetIds to the load balancer, or another subnet to vpc',
  }),
];
