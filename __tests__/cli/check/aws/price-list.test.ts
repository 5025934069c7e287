import { onDemandPrices } from '../../../../cli/check/aws/price-list';
import { KNOWN_TYPES } from '../../../../modules/rules/instance-families';
import { type Answers, answering } from './loopback';

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };

/** A product as the Price List API writes it: JSON as a string, as in the service's model. */
const product = (instanceType: string, ...prices: (readonly [usd: string, unit: string])[]) =>
  JSON.stringify({
    product: {
      productFamily: 'Compute Instance',
      attributes: { instanceType, regionCode: 'eu-west-1' },
      sku: instanceType,
    },
    serviceCode: 'AmazonEC2',
    terms: {
      OnDemand: Object.fromEntries(
        prices.map(([USD, unit], index) => [
          `${instanceType}.JRTCKXETXF${index}`,
          {
            priceDimensions: {
              [`${index}.6YS6EN2CT7`]: { unit, pricePerUnit: { USD }, beginRange: '0', endRange: 'Inf' },
            },
          },
        ]),
      ),
      Reserved: { other: { priceDimensions: { rate: { unit: 'Hrs', pricePerUnit: { USD: '0.0100000000' } } } } },
    },
    publicationDate: '2026-11-20T00:00:00Z',
  });

async function asked(types: readonly string[], answers: Answers) {
  let prices: ReadonlyMap<string, number> = new Map();
  const { AWS_ENDPOINT_URL_PRICING } = process.env;
  try {
    const requests = await answering(answers, async (endpoint) => {
      process.env.AWS_ENDPOINT_URL_PRICING = endpoint;
      prices = await onDemandPrices(types, 'eu-west-1', credentials);
    });
    return {
      prices,
      requests: requests.map(({ body, headers }) => ({ ...JSON.parse(body), target: headers['x-amz-target'] })),
    };
  } finally {
    if (AWS_ENDPOINT_URL_PRICING === undefined) delete process.env.AWS_ENDPOINT_URL_PRICING;
    else process.env.AWS_ENDPOINT_URL_PRICING = AWS_ENDPOINT_URL_PRICING;
  }
}

describe('with a server that answers in the form of the service model', () => {
  it('asks for plain Linux in the region, page by page', async () => {
    const { prices, requests } = await asked(
      ['m6i.large', 'c6i.large'],
      [
        [
          200,
          JSON.stringify({
            FormatVersion: 'aws_v1',
            PriceList: [product('m6i.large', ['0.1070000000', 'Hrs'])],
            NextToken: 'more',
          }),
        ],
        [200, JSON.stringify({ FormatVersion: 'aws_v1', PriceList: [product('c6i.large', ['0.0912000000', 'Hrs'])] })],
      ],
    );
    expect([...prices]).toEqual([
      ['m6i.large', 0.107],
      ['c6i.large', 0.0912],
    ]);
    expect(requests[0]).toEqual({
      target: 'AWSPriceListService.GetProducts',
      ServiceCode: 'AmazonEC2',
      FormatVersion: 'aws_v1',
      Filters: [
        { Type: 'TERM_MATCH', Field: 'operatingSystem', Value: 'Linux' },
        { Type: 'TERM_MATCH', Field: 'tenancy', Value: 'Shared' },
        { Type: 'TERM_MATCH', Field: 'preInstalledSw', Value: 'NA' },
        { Type: 'TERM_MATCH', Field: 'capacitystatus', Value: 'Used' },
        { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'eu-west-1' },
        { Type: 'ANY_OF', Field: 'instanceType', Value: 'm6i.large,c6i.large' },
      ],
      MaxResults: 100,
    });
    expect(requests[1]).toMatchObject({ NextToken: 'more' });
  });

  it('a price of 0, of another unit or without an amount is no price, and of several the highest counts', async () => {
    const list = [
      product('a.large', ['0.0000000000', 'Hrs']),
      product('b.large', ['5.0000000000', 'Quantity']),
      product('c.large'),
      product('d.large', ['0.1', 'Hrs'], ['0.2', 'Hrs']),
      '{}',
    ];
    const { prices } = await asked(['a.large'], [[200, JSON.stringify({ PriceList: list })]]);
    expect([...prices]).toEqual([['d.large', 0.2]]);
  });

  it('divides many types between requests, each with the length that AWS accepts', async () => {
    const names = KNOWN_TYPES.map(({ name }) => name);
    const { requests } = await asked(names, [[200, '{"PriceList":[]}']]);
    const values = requests.map(({ Filters }) => Filters.at(-1).Value as string);
    expect(values.length).toBeGreaterThan(5);
    expect(values.every((value) => value.length <= 1024)).toBe(true);
    expect(values.flatMap((value) => value.split(','))).toEqual(names);
  });
});
