import { elementsAt, parseXml } from '../../../modules/container/buildpack/xml';
import type { Credentials } from '../../command/aws-credentials';
import { sendSigned } from '../../operate/aws/signed-request';

/** Spot price of an instance type now, in US dollars per hour: in its cheapest and in its dearest zone. */
export interface SpotRange {
  readonly lowest: number;
  readonly highest: number;
}

/**
 * The current Spot prices of instance types with Linux in a region. A type that no zone has is left out.
 *
 * @throws AwsFault
 */
export async function spotPrices(
  types: readonly string[],
  region: string,
  credentials: Credentials,
  now: Date,
): Promise<ReadonlyMap<string, SpotRange>> {
  /** The newest price in each zone. */
  const newest = new Map<string, { readonly type: string; readonly dollars: number; readonly since: number }>();
  let nextToken: string | undefined;
  do {
    const page = await history(types, region, credentials, now, nextToken);
    for (const { type, zone, dollars, since } of page.prices) {
      const key = `${type} ${zone}`;
      if (since >= (newest.get(key)?.since ?? Number.NEGATIVE_INFINITY)) newest.set(key, { type, dollars, since });
    }
    nextToken = page.nextToken;
  } while (nextToken);
  const ranges = new Map<string, SpotRange>();
  for (const { type, dollars } of newest.values()) {
    const { lowest = dollars, highest = dollars } = ranges.get(type) ?? {};
    ranges.set(type, { lowest: Math.min(lowest, dollars), highest: Math.max(highest, dollars) });
  }
  return ranges;
}

async function history(
  types: readonly string[],
  region: string,
  credentials: Credentials,
  now: Date,
  nextToken: string | undefined,
) {
  const text = await sendSigned({
    service: 'ec2',
    region,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      Action: 'DescribeSpotPriceHistory',
      Version: '2016-11-15',
      // A history that begins now has the current price of each zone.
      StartTime: now.toISOString().replace(/\.\d+Z$/, 'Z'),
      'ProductDescription.1': 'Linux/UNIX',
      ...Object.fromEntries(types.map((type, index) => [`InstanceType.${index + 1}`, type])),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }).toString(),
    credentials,
    action: 'ec2:DescribeSpotPriceHistory',
  });
  const root = parseXml(text);
  const prices = (root ? elementsAt(root, 'spotPriceHistorySet', 'item') : []).flatMap((item) => {
    const value = (name: string) => elementsAt(item, name)[0]?.text ?? '';
    const dollars = Number(value('spotPrice'));
    if (!(dollars > 0)) return [];
    const zone = value('availabilityZone');
    return [{ type: value('instanceType'), zone, dollars, since: Date.parse(value('timestamp')) || 0 }];
  });
  return { prices, nextToken: root && elementsAt(root, 'nextToken')[0]?.text };
}
