import { NAME_LIMITS, physicalName } from './naming';

/** Letters, digits and hyphens. AWS reserves names that begin with `internal-`. */
export function loadBalancerName(stackName: string, id: string): string {
  const prefix = /^internal-/i.test(`${stackName}-`) ? ['lb'] : [];
  return physicalName(NAME_LIMITS.loadBalancer, ...prefix, stackName, id).replace(/_/g, '-');
}
