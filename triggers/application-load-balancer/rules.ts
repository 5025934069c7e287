import { isToken } from '../../modules/config/checked';
import {
  eventsOf,
  type IndexedConfig,
  type LocatedEvent,
  type LocatedResource,
} from '../../modules/config/indexed-config';
import { rule } from '../../modules/config/rule';
import { foundValue } from '../../modules/problems/found';
import { type Finding, formatPath } from '../../modules/problems/problem';
import { applicationLoadBalancerResource } from '../../modules/resources/application-load-balancer/schema';
import { applicationLoadBalancer, MOST_PRIORITY, OWN_PRIORITY } from './schema';

/** An event with its load balancer. */
interface ListenerRule extends LocatedEvent {
  readonly loadBalancer: LocatedResource;
}

function listenerRules(index: IndexedConfig): ListenerRule[] {
  return eventsOf(applicationLoadBalancer)(index).flatMap((event) => {
    const loadBalancer = index.named(event.properties.loadBalancerName, applicationLoadBalancerResource);
    return loadBalancer === undefined ? [] : [{ ...event, loadBalancer }];
  });
}

/** A load balancer with `listeners` needs to be told which one. */
const listenerExists = rule('conflict', listenerRules, function* (all) {
  for (const event of all) {
    const finding = wrongPort(event);
    if (finding !== undefined) yield { path: [...event.path, 'listenerPort'], finding };
  }
});

const ownPriority = rule('conflict', listenerRules, function* (all) {
  const taken = new Map<string, ListenerRule>();
  for (const event of all) {
    const { priority } = event.properties;
    if (wrongPort(event) !== undefined || typeof priority !== 'number' || isToken(priority)) continue;
    const key = (candidate: number) => JSON.stringify([...listener(event), candidate]);
    const other = taken.get(key(priority));
    if (other === undefined) {
      taken.set(key(priority), event);
      continue;
    }
    const found = `${priority}, which ${formatPath(other.path)} has too`;
    const free = nextFree(priority, (candidate) => taken.has(key(candidate)));
    const fix = `use another one, such as ${free}: the rule with the lowest number is tried first`;
    yield { path: [...event.path, 'priority'], finding: { found, accepted: OWN_PRIORITY, fix } };
  }
});

/** Identity of a listener. Two names of the config can refer to the same existing listener. */
function listener({ properties, loadBalancer: { existing } }: ListenerRule): unknown[] {
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

/** The finding for a missing port, and for a port without a listener. */
function wrongPort({ properties: { listenerPort }, loadBalancer }: ListenerRule): Finding | undefined {
  const { listeners } = loadBalancer.existing === undefined ? loadBalancer.properties : {};
  if (!Array.isArray(listeners)) {
    if (listenerPort === undefined) return undefined;
    const fix = 'remove listenerPort, or give the load balancer listeners';
    return { found: foundValue(listenerPort), accepted: 'missing: the load balancer has one listener', fix };
  }
  const ports: unknown[] = listeners.map((item) => item?.port).filter((port) => typeof port === 'number');
  if (ports.includes(listenerPort)) return undefined;
  const accepted = `the port of one of the load balancer's listeners: ${ports.join(', ')}`;
  const fix = listenerPort === undefined ? `add listenerPort: ${ports[0]}` : `use ${ports[0]}, or add the listener`;
  return { found: foundValue(listenerPort), accepted, fix };
}

/** The rules of one job or function on one load balancer share a target group. */
const oneForm = rule('conflict', listenerRules, function* (all) {
  const forms = new Map<string, ListenerRule>();
  for (const event of all) {
    const key = JSON.stringify([event.owner, event.properties.loadBalancerName]);
    const other = forms.get(key);
    if (other === undefined) {
      forms.set(key, event);
      continue;
    }
    const [form, otherForm] = [event, other].map(({ properties }) => properties.multiValueHeaders ?? false);
    if (form === otherForm) continue;
    const found = `${form}, and ${otherForm} at ${formatPath(other.path)}`;
    const accepted = `one value for all rules of "${event.owner}" on the load balancer, which share a target group`;
    const finding = { found, accepted, fix: 'use the same value for both' };
    yield { path: [...event.path, 'multiValueHeaders'], finding };
  }
});

/** Conflicts of the rules of a load balancer's listeners. */
export const APPLICATION_LOAD_BALANCER_RULES = [listenerExists, ownPriority, oneForm];
