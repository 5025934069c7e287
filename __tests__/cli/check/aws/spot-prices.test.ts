import { spotPrices } from '../../../../cli/check/aws/spot-prices';
import { type Answers, answering } from './loopback';

const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const NOW = new Date('2026-12-01T10:00:00.123Z');

const item = (type: string, zone: string, price: string, timestamp: string) =>
  `<item><instanceType>${type}</instanceType><productDescription>Linux/UNIX</productDescription><spotPrice>${price}</spotPrice>` +
  `<timestamp>${timestamp}</timestamp><availabilityZone>${zone}</availabilityZone></item>`;
const page = (items: readonly string[], nextToken = '') =>
  `<DescribeSpotPriceHistoryResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>1</requestId>` +
  `<spotPriceHistorySet>${items.join('')}</spotPriceHistorySet><nextToken>${nextToken}</nextToken></DescribeSpotPriceHistoryResponse>`;

async function asked(types: readonly string[], answers: Answers) {
  let prices: Awaited<ReturnType<typeof spotPrices>> = new Map();
  const { AWS_ENDPOINT_URL_EC2 } = process.env;
  try {
    const requests = await answering(answers, async (endpoint) => {
      process.env.AWS_ENDPOINT_URL_EC2 = endpoint;
      prices = await spotPrices(types, 'eu-west-1', credentials, NOW);
    });
    return {
      prices: Object.fromEntries(prices),
      requests: requests.map(({ body }) => Object.fromEntries(new URLSearchParams(body))),
    };
  } finally {
    if (AWS_ENDPOINT_URL_EC2 === undefined) delete process.env.AWS_ENDPOINT_URL_EC2;
    else process.env.AWS_ENDPOINT_URL_EC2 = AWS_ENDPOINT_URL_EC2;
  }
}

it('asks for the prices of now, page by page, and takes the newest in each zone', async () => {
  const { prices, requests } = await asked(
    ['m6i.large', 'c6i.large'],
    [
      [
        200,
        page(
          [
            item('m6i.large', 'eu-west-1a', '0.0400', '2026-12-01T09:00:00.000Z'),
            item('m6i.large', 'eu-west-1b', '0.0500', '2026-12-01T09:30:00.000Z'),
          ],
          'more',
        ),
      ],
      [
        200,
        page([
          item('m6i.large', 'eu-west-1a', '0.0900', '2026-12-01T08:00:00.000Z'),
          item('c6i.large', 'eu-west-1a', '0.03', '2026-12-01T08:00:00.000Z'),
        ]),
      ],
    ],
  );
  expect(prices).toEqual({
    'm6i.large': { lowest: 0.04, highest: 0.05 },
    'c6i.large': { lowest: 0.03, highest: 0.03 },
  });
  expect(requests).toEqual([
    {
      Action: 'DescribeSpotPriceHistory',
      Version: '2016-11-15',
      StartTime: '2026-12-01T10:00:00Z',
      'ProductDescription.1': 'Linux/UNIX',
      'InstanceType.1': 'm6i.large',
      'InstanceType.2': 'c6i.large',
    },
    expect.objectContaining({ NextToken: 'more' }),
  ]);
});

it('a type that no zone has, or whose price is no number, is unknown', async () => {
  const { prices } = await asked(['m6i.large'], [[200, page([item('m6i.large', 'eu-west-1a', '', 'x')])]]);
  expect(prices).toEqual({});
});
