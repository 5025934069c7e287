import { duration } from '../../run-report/report-lines';
import type { RunPrice } from '../run-price';

/** An estimated price, and what it is estimated from. */
export function priceLines({ dollars, seconds, parts, isSpot, region, asOf }: RunPrice): string[] {
  if (parts.length === 0) return ['nothing: no container has started'];
  const basis = parts.map(({ instanceType, share, instanceHourly, isAssumed }) => {
    const assumed = isAssumed ? ', assumed as the smallest that fits' : '';
    return `${Math.round(share * 100)}% of ${instanceType} at $${instanceHourly} per hour${assumed}`;
  });
  return [
    `${dollarText(dollars)} (estimate): ${duration(seconds)} on ${basis.join('; ')}`,
    `On-demand list prices of ${region} on ${asOf}.${isSpot ? ' Spot is typically far lower.' : ''}`,
  ];
}

/** Two digits of a small amount: `about $0.0031`. */
export function dollarText(dollars: number, how: 'about' | 'at most' = 'about'): string {
  if (dollars < 0.0001) return 'less than $0.0001';
  return `${how} $${dollars >= 1 ? dollars.toFixed(2) : Number(dollars.toPrecision(2))}`;
}
