import type { Credentials } from '../../command/aws-credentials';
import { sendSigned } from '../../operate/aws/signed-request';

/** The Price List API is in a few regions only, and has the prices of all: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-price-list-query-api.html */
const API_REGION = 'us-east-1';

/** Most characters of a filter's value. */
const MAX_VALUE = 1024;

/** What makes a price that of a plain Linux instance. */
const PLAIN = { operatingSystem: 'Linux', tenancy: 'Shared', preInstalledSw: 'NA', capacitystatus: 'Used' };

/** A product in the answer, as far as it is read. */
interface Product {
  readonly product?: { readonly attributes?: { readonly instanceType?: string } };
  readonly terms?: {
    readonly OnDemand?: {
      readonly [offer: string]: {
        readonly priceDimensions?: {
          readonly [rate: string]: { readonly unit?: string; readonly pricePerUnit?: { readonly USD?: string } };
        };
      };
    };
  };
}

/**
 * On-demand prices of instance types with Linux in a region, in US dollars per hour, from AWS's Price List API. A type without a price is
 * left out. Of several prices, the highest counts.
 *
 * @throws AwsFault
 */
export async function onDemandPrices(
  types: readonly string[],
  region: string,
  credentials: Credentials,
): Promise<ReadonlyMap<string, number>> {
  const prices = new Map<string, number>();
  for (const some of lists(types)) {
    let nextToken: string | undefined;
    do {
      const page = await products({ ...PLAIN, regionCode: region }, some, nextToken, credentials);
      for (const product of page.products) addPrice(product, prices);
      nextToken = page.nextToken;
    } while (nextToken);
  }
  return prices;
}

function addPrice({ product, terms }: Product, prices: Map<string, number>): void {
  const type = product?.attributes?.instanceType;
  if (type === undefined) return;
  for (const { priceDimensions = {} } of Object.values(terms?.OnDemand ?? {})) {
    for (const { unit, pricePerUnit } of Object.values(priceDimensions)) {
      const dollars = Number(pricePerUnit?.USD);
      if (unit === 'Hrs' && dollars > 0) prices.set(type, Math.max(dollars, prices.get(type) ?? 0));
    }
  }
}

/** Names of types as lists that fit into a filter. */
function lists(types: readonly string[]): string[] {
  const filled: string[] = [];
  for (const type of new Set(types)) {
    const longer = `${filled.at(-1)},${type}`;
    if (filled.length > 0 && longer.length <= MAX_VALUE) filled[filled.length - 1] = longer;
    else filled.push(type);
  }
  return filled;
}

async function products(
  fields: Readonly<Record<string, string>>,
  types: string,
  nextToken: string | undefined,
  credentials: Credentials,
): Promise<{ readonly products: readonly Product[]; readonly nextToken?: string }> {
  const text = await sendSigned({
    service: 'pricing',
    region: API_REGION,
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': 'AWSPriceListService.GetProducts',
    },
    body: JSON.stringify({
      ServiceCode: 'AmazonEC2',
      FormatVersion: 'aws_v1',
      Filters: [
        ...Object.entries(fields).map(([Field, Value]) => ({ Type: 'TERM_MATCH', Field, Value })),
        { Type: 'ANY_OF', Field: 'instanceType', Value: types },
      ],
      MaxResults: 100,
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }),
    credentials,
    action: 'pricing:GetProducts',
  });
  const { PriceList = [], NextToken } = JSON.parse(text) as { PriceList?: readonly string[]; NextToken?: string };
  return { products: PriceList.map((item): Product => JSON.parse(item)), ...(NextToken && { nextToken: NextToken }) };
}
