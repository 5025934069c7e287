import { type CheckContext, isToken, refuse } from '../../modules/config/checked';
import {
  companionsOfType,
  type DeclaredCompanion,
  type DeclaredEvent,
  eventsOfType,
} from '../../modules/config/declarations';
import { formatFound, formatPath } from '../../modules/problems/problem';

/**
 * Refuses conflicts of the rules of a load balancer's listeners: two rules with the same priority, a missing port if the load balancer has
 * `listeners`, and a port without a listener.
 */
export function checkListenerRules(resources: unknown, context: CheckContext): void {
  const loadBalancers = companionsOfType(resources, 'application-load-balancer');
  const taken = new Map<string, DeclaredEvent>();
  for (const event of eventsOfType(resources, 'application-load-balancer')) {
    const { loadBalancerName: name, priority } = event.properties;
    const loadBalancer = typeof name === 'string' ? loadBalancers.get(name) : undefined;
    if (loadBalancer === undefined || !checkPort(event, loadBalancer, context)) continue;
    if (typeof priority !== 'number' || isToken(priority)) continue;
    const key = JSON.stringify([...listener(event, loadBalancer), priority]);
    const duplicate = taken.get(key);
    if (duplicate === undefined) {
      taken.set(key, event);
      continue;
    }
    const found = `${formatFound(priority)}, which ${formatPath(duplicate.path)} has too`;
    const free = nextFree(priority, (candidate) =>
      taken.has(JSON.stringify([...listener(event, loadBalancer), candidate])),
    );
    const fix = `use another one, such as ${free}: the rule with the lowest number is tried first`;
    refuse(context, { code: 'conflict', found, accepted: 'a different priority for each rule of a listener', fix }, [
      ...event.path,
      'priority',
    ]);
  }
}

/** Maximum priority of a rule. */
const MOST_PRIORITY = 50_000;

/** Identity of a listener. Two names of the config can refer to the same existing listener. */
function listener({ properties }: DeclaredEvent, { existing }: DeclaredCompanion): unknown[] {
  return existing === undefined ? [properties.loadBalancerName, properties.listenerPort] : [existing.listenerArn];
}

/** The nearest free priority: above if there is one, else below. */
function nextFree(priority: number, isTaken: (candidate: number) => boolean): number {
  let free = priority;
  while (isTaken(free)) free += 1;
  if (free <= MOST_PRIORITY) return free;
  free = priority;
  while (isTaken(free)) free -= 1;
  return free;
}

/** Refuses a missing port, and a port without a listener. Returns whether the port is right. */
function checkPort(
  { properties, path }: DeclaredEvent,
  { properties: own, existing }: DeclaredCompanion,
  context: CheckContext,
): boolean {
  const { listenerPort } = properties;
  const listeners = existing === undefined && Array.isArray(own.listeners) ? own.listeners : undefined;
  if (listeners === undefined) {
    if (listenerPort === undefined) return true;
    const accepted = 'missing: the load balancer has one listener';
    const fix = 'remove listenerPort, or give the load balancer listeners';
    refuse(context, { code: 'conflict', found: formatFound(listenerPort), accepted, fix }, [...path, 'listenerPort']);
    return false;
  }
  const ports: unknown[] = listeners.map((item) => item?.port).filter((port) => typeof port === 'number');
  if (ports.includes(listenerPort)) return true;
  const accepted = `the port of one of the load balancer's listeners: ${ports.join(', ')}`;
  const fix = listenerPort === undefined ? `add listenerPort: ${ports[0]}` : `use ${ports[0]}, or add the listener`;
  refuse(context, { code: 'conflict', found: formatFound(listenerPort), accepted, fix }, [...path, 'listenerPort']);
  return false;
}

/** Refuses a load balancer in an existing VPC with a single subnet. AWS requires two. */
export function checkLoadBalancerSubnets(resources: unknown, vpc: unknown, context: CheckContext): void {
  const { subnetIds } = (typeof vpc === 'object' && vpc !== null ? vpc : {}) as { subnetIds?: unknown };
  if (!Array.isArray(subnetIds) || subnetIds.length !== 1) return;
  for (const [name, { properties, existing }] of companionsOfType(resources, 'application-load-balancer')) {
    if (existing !== undefined || properties.subnetIds !== undefined) continue;
    const accepted = 'two or more public subnets in different Availability Zones';
    const found = 'one subnet in vpc.subnetIds';
    const fix = 'add subnetIds to the load balancer, or another subnet to vpc';
    refuse(context, { code: 'conflict', found, accepted, fix }, ['resources', name, 'properties', 'subnetIds']);
  }
}
