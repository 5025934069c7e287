import { logForwarding } from '../../modules/config/log-forwarding';
import { problemsWith, tokens } from '../stack-config/samples';

const KEY = "$Secret('datadog.api_key')";
const ACCEPTED = "$Secret('<name>.api_key')";
const http = (properties: object) => ({
  type: 'http-endpoint',
  properties: { endpointUrl: 'https://logs.example.com', ...properties },
});
const datadog = (apiKey: unknown) => problemsWith(logForwarding, { type: 'datadog', properties: { apiKey } });

it('has the defaults of each service', () => {
  expect(logForwarding.parse(http({}))).toEqual({
    type: 'http-endpoint',
    properties: {
      endpointUrl: 'https://logs.example.com',
      gzipEncodingEnabled: false,
      parameters: {},
      retryDuration: 300,
    },
  });
  expect(logForwarding.parse({ type: 'highlight', properties: { projectId: '1' } })).toEqual({
    type: 'highlight',
    properties: { projectId: '1', endpointUrl: 'https://pub.highlight.io/v1/logs/firehose' },
  });
  expect(logForwarding.parse({ type: 'datadog', errorLog: true, properties: { apiKey: KEY } })).toEqual({
    type: 'datadog',
    errorLog: true,
    properties: { apiKey: KEY, endpointUrl: 'https://aws-kinesis-http-intake.logs.datadoghq.com/v1/input' },
  });
});

it.each(['http://logs.example.com', 'logs.example.com', 'see https://logs.example.com'])(
  '%s is no endpoint',
  (endpointUrl) => {
    expect(problemsWith(logForwarding, http({ endpointUrl }))).toEqual([
      {
        path: 'properties.endpointUrl',
        found: `"${endpointUrl}"`,
        accepted: 'a URL that starts with https://',
        fix: 'use the HTTPS URL of the endpoint',
      },
    ]);
  },
);

it.each([
  http({}),
  { type: 'highlight', properties: { projectId: '1' } },
  { type: 'datadog', properties: { apiKey: KEY } },
])('%j can write why records were not delivered', (service) => {
  expect(problemsWith(logForwarding, { ...service, errorLog: true })).toEqual([]);
});

it('an endpoint can be one that a directive gives', () => {
  expect(problemsWith(logForwarding, http({ endpointUrl: "$CfResourceParam('api', 'Url')" }))).toEqual([]);
});

it.each([
  [0, 0],
  [7200, 0],
  [-1, 1],
  [7201, 1],
])('requests that are retried for %d seconds have %d problems', (retryDuration, count) => {
  expect(problemsWith(logForwarding, http({ retryDuration }))).toHaveLength(count);
});

it('a problem with a time says its unit', () => {
  expect(problemsWith(logForwarding, http({ retryDuration: -1 }))).toMatchObject([
    { accepted: 'a whole number from 0 to 7,200 seconds' },
  ]);
});

it('an id in Highlight is not empty', () => {
  expect(problemsWith(logForwarding, { type: 'highlight', properties: { projectId: '' } })).toMatchObject([
    { path: 'properties.projectId', accepted: expect.stringContaining('an id') },
  ]);
});

describe('a key', () => {
  it.each([KEY, "$Secret('datadog')"])('can be %s', (key) => {
    expect(datadog(key)).toEqual([]);
    expect(problemsWith(logForwarding, http({ accessKey: key }))).toEqual([]);
  });

  it('is never shown', () => {
    const fix = `store {"api_key":"<the key>"} in AWS Secrets Manager, and write ${ACCEPTED}`;
    expect(datadog('hunter2')).toEqual([
      { path: 'properties.apiKey', found: 'a key in plain text', accepted: ACCEPTED, fix },
    ]);
    expect(datadog(tokens().TEXT)).toMatchObject([{ found: 'a value that only Terraform knows', fix }]);
  });

  it.each<[string, string]>([
    ["$Secret('datadog.token')", "$Secret('datadog.api_key')"],
    [
      "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf:token')",
      "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf:api_key')",
    ],
  ])('has one name in the secret, which Firehose reads: %s', (key, written) => {
    expect(datadog(key)).toMatchObject([
      {
        found: `"${key}"`,
        accepted: ACCEPTED,
        fix: `store it as api_key in the secret's JSON, the only key that Firehose reads, and write ${written}`,
      },
    ]);
  });

  it.each([
    "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf:api_key:AWSPREVIOUS')",
    "$Secret('arn:aws:secretsmanager:eu-west-1:123456789012:secret:datadog-AbCdEf:api_key::11111111-2222-3333-4444-555555555555')",
  ])('has no version: %s', (key) => {
    expect(datadog(key)).toMatchObject([
      {
        found: expect.stringContaining('"$Secret(\'arn:aws:secretsmanager'),
        accepted: ACCEPTED,
        fix: 'remove the version: Firehose reads the current one',
      },
    ]);
  });

  it('that is a wrong directive is refused by another check', () => {
    expect(datadog("$Secret('a' 'b')")).toEqual([]);
  });

  it('is a text', () => {
    expect(datadog(5)).toMatchObject([{ accepted: ACCEPTED }]);
  });
});
