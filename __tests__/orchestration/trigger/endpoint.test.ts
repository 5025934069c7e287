import { endpoint, objectUrl } from '../../../modules/orchestration/trigger/endpoint';

const IRELAND = { region: 'eu-west-1', partition: 'aws', configured: undefined };

test.each([
  ['aws', 'eu-west-1', 'https://states.eu-west-1.amazonaws.com'],
  ['aws-us-gov', 'us-gov-west-1', 'https://states.us-gov-west-1.amazonaws.com'],
  ['aws-cn', 'cn-north-1', 'https://states.cn-north-1.amazonaws.com.cn'],
  ['aws-eusc', 'eusc-de-east-1', 'https://states.eusc-de-east-1.amazonaws.eu'],
])('partition %s', (partition, region, url) => {
  expect(endpoint({ service: 'states', region, partition, configured: undefined })).toBe(url);
});

test.each(['http://127.0.0.1:4566', 'http://127.0.0.1:4566/', 'http://127.0.0.1:4566//'])(
  '%s is used as it is',
  (configured) => {
    expect(endpoint({ service: 'states', ...IRELAND, configured })).toBe('http://127.0.0.1:4566');
    expect(objectUrl({ ...IRELAND, configured }, 'payloads', 'a/b.json')).toBe(
      'http://127.0.0.1:4566/payloads/a/b.json',
    );
  },
);

test('S3 itself is addressed by the bucket’s host, unless its certificate could not cover it', () => {
  expect(objectUrl(IRELAND, 'payloads', 'a/b.json')).toBe('https://payloads.s3.eu-west-1.amazonaws.com/a/b.json');
  expect(objectUrl(IRELAND, 'my.payloads', 'a/b.json')).toBe('https://s3.eu-west-1.amazonaws.com/my.payloads/a/b.json');
});

test('a key is encoded, its slashes are not', () => {
  expect(objectUrl(IRELAND, 'payloads', 'a b/ü+?#.json')).toBe(
    'https://payloads.s3.eu-west-1.amazonaws.com/a%20b/%C3%BC%2B%3F%23.json',
  );
});
