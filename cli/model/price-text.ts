import { formatCount } from '../../modules/problems/phrases';
import type { PriceSources, SavingCheck, StandingCost } from './stack-check';

/** `$0.085`, `$18.14`, `$1,204`. Three digits of a small amount. `unknown` without one: no price is 0 by mistake. */
export function dollarsText(amount: number | undefined): string {
  if (amount === undefined) return 'unknown';
  if (amount === 0) return '$0';
  if (amount >= 100) return `$${formatCount(Math.round(amount))}`;
  if (amount >= 1) return `$${amount.toFixed(2).replace(/\.00$/, '')}`;
  if (amount < 1e-6) return 'less than $0.000001';
  return `$${trimmed(amount.toFixed(Math.min(8, 2 - Math.floor(Math.log10(amount)))))}`;
}

/** An amount a month, with cents below $100: `$0.26`, `$51.10`, `$1,204`. */
export function monthlyText(amount: number): string {
  if (amount === 0) return '$0';
  if (amount < 0.01) return 'less than $0.01';
  return amount >= 100 ? dollarsText(amount) : `$${amount.toFixed(2).replace(/\.00$/, '')}`;
}

/** `1,800 MiB` */
export function mibText(mib: number): string {
  return `${formatCount(mib)} MiB`;
}

/** `1 vCPU`, `2 vCPUs` */
export function countText(count: number, unit: string): string {
  if (count === 1) return `1 ${unit}`;
  return `${formatCount(count)} ${/(?:s|sh|ch|x)$/.test(unit) ? `${unit}es` : `${unit}s`}`;
}

/** `7,680 instead of 8,192 MiB: half the price, on c6i.large`. */
export function savingText({ property, from, to, instanceType, share }: SavingCheck): string {
  const unit = { memory: 'MiB', cpu: from === 1 ? 'vCPU' : 'vCPUs', gpu: from === 1 ? 'GPU' : 'GPUs' }[property];
  return `${formatCount(to)} instead of ${formatCount(from)} ${unit}: ${shareText(share)}, on ${instanceType}`;
}

const PARTS: readonly (readonly [saved: number, text: string])[] = [
  [1 / 2, 'half the price'],
  [2 / 3, 'a third of the price'],
  [3 / 4, 'a quarter of the price'],
];

function shareText(share: number): string {
  const part = PARTS.find(([saved]) => Math.abs(share - saved) < 0.005);
  if (part !== undefined) return part[1];
  const percent = Math.round(share * 100);
  return percent === 0 ? 'less than 1% less' : `${percent}% less`;
}

/** `3 NAT gateways`, `storage of a database, 20 GB` */
function standingText({ what, count }: StandingCost): string {
  if (count === 1) return what;
  // What is counted is the first noun: `shards of a stream`, `public IPv4 addresses of a load balancer`.
  const [, noun = what, rest = ''] = /^(.+?)( of .*| that .*| \(.*|, .*| with .*)?$/.exec(what) ?? [];
  return `${countText(count, noun)}${rest}`;
}

/** `us-east-1's price`, if the prices of instances are of another region than the stack's. Undefined if they are the stack's own. */
export function foreignText({ instances }: PriceSources, region: string | undefined): string | undefined {
  return instances.region === region ? undefined : `${instances.region}'s price`;
}

/** Where the prices are from, as sentences. */
export function sourceSentences({ instances, services, isOld }: PriceSources, region: string | undefined): string[] {
  const asked = instances.from === 'aws';
  const where = asked
    ? `Instances: on-demand prices of ${instances.region} from AWS, ${instances.asOf}.`
    : `Instances: on-demand list prices of ${instances.region}, ${instances.asOf}.`;
  const others = `Everything else: list prices of ${services.region}, compared with other lists on ${services.asOf}, without free tiers.`;
  const differ =
    !asked && region !== instances.region ? ['Prices of other regions differ: check --aws asks AWS for them.'] : [];
  const old = isOld ? ['These lists are more than 180 days old: update the package, or check prices on AWS.'] : [];
  return [where, others, ...differ, ...old];
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

/** `$51.10: 7 interface endpoints`, `unknown: database (db.r7g.large) (its class has no price here)` */
export function standingLine(cost: StandingCost): string {
  const { monthly, why } = cost;
  if (monthly !== undefined) return `${monthlyText(monthly)}: ${standingText(cost)}`;
  return `unknown: ${standingText(cost)}${why === undefined ? '' : `, ${why}`}`;
}
