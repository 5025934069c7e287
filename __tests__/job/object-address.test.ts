import { sign } from 'aws4';
import { objectAddress } from '../../job/object-address';
import { signedHeaders } from '../../job/signature';
import { dnsSuffix, PARTITIONS } from '../../modules/rules/partitions';

const OBJECT = { bucket: 'shop-events-1', key: 'report/report-1/ab.json' };

it.each(PARTITIONS)('is below the host of the bucket in the partition $id', ({ id, regionPrefix }) => {
  const region = `${regionPrefix || 'eu-'}west-1`;
  expect(objectAddress(OBJECT, region, {})).toEqual({
    origin: `https://shop-events-1.s3.${region}.${dnsSuffix(id)}`,
    path: '/report/report-1/ab.json',
  });
});

it('has a bucket with a dot in its path, since no certificate covers it', () => {
  expect(objectAddress({ ...OBJECT, bucket: 'shop.events' }, 'eu-west-1', {})).toEqual({
    origin: 'https://s3.eu-west-1.amazonaws.com',
    path: '/shop.events/report/report-1/ab.json',
  });
});

it.each([
  [{ AWS_ENDPOINT_URL: 'http://127.0.0.1:5000' }, 'http://127.0.0.1:5000', ''],
  [{ AWS_ENDPOINT_URL_S3: 'http://minio:9000/', AWS_ENDPOINT_URL: 'http://other' }, 'http://minio:9000', ''],
  [{ AWS_ENDPOINT_URL: 'https://proxy.internal/aws/' }, 'https://proxy.internal', '/aws'],
  [{ AWS_ENDPOINT_URL: '' }, 'https://shop-events-1.s3.eu-west-1.amazonaws.com', undefined],
])('with %j is below that', (variables, origin, folder) => {
  const path = folder === undefined ? '' : `${folder}/shop-events-1`;
  expect(objectAddress(OBJECT, 'eu-west-1', variables)).toEqual({ origin, path: `${path}/report/report-1/ab.json` });
});

it.each(['/report/report-1/ab.json', '/a/%C3%A9%20%281%29%21%2A%27~%2B%26%3D.json', '/a/../b//c'])(
  'is signed as a library for it signs it: %s',
  (path) => {
    const now = new Date('2026-11-26T07:00:00.123Z');
    const host = 'shop-events-1.s3.eu-west-1.amazonaws.com';
    const credentials = { accessKeyId: 'AKID', secretAccessKey: 'secret/+', sessionToken: 'token/+=' };
    const ours = signedHeaders({ host, path, region: 'eu-west-1', credentials, now });
    const { headers } = sign(
      { service: 's3', region: 'eu-west-1', method: 'GET', host, path, headers: { 'X-Amz-Date': ours['x-amz-date'] } },
      credentials,
    );
    const theirs = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
    expect(ours).toEqual(Object.fromEntries(theirs));
  },
);
