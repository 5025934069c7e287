import type { JobDefinition } from '@aws-sdk/client-batch';
import {
  definitionProperties,
  definitionVariables,
  expectedProperties,
  expectedVariables,
} from '../../../../cli/operate/info/job-properties';

const CONTAINER = {
  image: 'busybox',
  command: ['echo', 'hi'],
  environment: [{ name: 'LEVEL', value: 'info' }, { name: 'EMPTY' }],
  secrets: [{ name: 'KEY', valueFrom: 'arn:secret' }, { name: 'NONE' }],
  resourceRequirements: [
    { type: 'VCPU', value: '2.0' },
    { type: 'MEMORY', value: '1800' },
    { type: 'GPU', value: '${local.gpus}' },
    { type: 'OTHER', value: '' },
    { value: '1' },
  ],
  logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/shop/report' } },
  linuxParameters: { initProcessEnabled: true, tmpfs: [{ containerPath: '/tmp', size: 64 }] },
};

const PROPERTIES = {
  image: 'busybox',
  command: '["echo","hi"]',
  'resources.cpu': '2',
  'resources.memory': '1800',
  'resources.gpu': '${local.gpus}',
  OTHER: '',
  '': '1',
  logging: '/shop/report',
  'volume /tmp': 'tmpfs, 64 MiB',
  'init process': 'enabled',
  'retryConfig.spotInterruption': '2 free restarts',
};
const NOTHING = {
  image: undefined,
  command: undefined,
  logging: undefined,
  'init process': undefined,
  'retryConfig.spotInterruption': undefined,
};

const definition = (containerProperties?: object, more: object = {}) =>
  ({ jobDefinitionName: 'shop-report', containerProperties, ...more }) as unknown as JobDefinition;
const expected = (container: object, more: object = {}) => ({
  container_properties: JSON.stringify(container),
  ...more,
});

describe('the properties, in the words of the config,', () => {
  it('are the same of a deployed definition and of one in Terraform JSON', () => {
    expect(definitionProperties(definition(CONTAINER, { retryStrategy: { attempts: 3 } }))).toEqual(PROPERTIES);
    expect(expectedProperties(expected(CONTAINER, { retry_strategy: { attempts: 3 } }))).toEqual(PROPERTIES);
    expect(expectedProperties(expected(CONTAINER, { retry_strategy: [{ attempts: 3 }] }))).toEqual(PROPERTIES);
  });

  it('can be missing', () => {
    expect(definitionProperties(definition())).toEqual(NOTHING);
    expect(definitionProperties(definition({ command: [], linuxParameters: {} }))).toEqual(NOTHING);
    expect(expectedProperties({})).toEqual(NOTHING);
    expect(expectedProperties(expected({}, { retry_strategy: [] }))).toEqual(NOTHING);
    expect(expectedProperties(expected({ resourceRequirements: [{ type: 'VCPU' }] }))).toEqual(NOTHING);
  });

  it.each([
    [1, undefined],
    [2, '1 free restarts'],
    ['3', undefined],
  ])('do not count the first start of %j attempts', (attempts, text) => {
    expect(expectedProperties({ retry_strategy: { attempts } })['retryConfig.spotInterruption']).toBe(text);
  });

  it.each([
    [{ logDriver: 'json-file', options: { 'awslogs-group': 'no' } }, 'json-file'],
    [{ logDriver: 'awslogs' }, undefined],
    [{}, undefined],
  ])('have the log group, or another driver: %j', (logConfiguration, text) => {
    expect(definitionProperties(definition({ logConfiguration })).logging).toBe(text);
  });
});

describe('the variables', () => {
  const VARIABLES = {
    'environment LEVEL': 'info',
    'environment EMPTY': '',
    'environment KEY': 'secret arn:secret',
    'environment NONE': 'secret ',
  };

  it('are plain ones and secrets, by the same names', () => {
    expect(definitionVariables(definition(CONTAINER))).toEqual(VARIABLES);
    expect(expectedVariables(expected(CONTAINER))).toEqual(VARIABLES);
  });

  it('can be missing', () => {
    expect(definitionVariables(definition())).toEqual({});
    expect(definitionVariables(definition({}))).toEqual({});
    expect(expectedVariables({})).toEqual({});
  });
});
