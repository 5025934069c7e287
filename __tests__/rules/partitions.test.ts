import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ecrImage } from '../../modules/rules/ecr-image';
import { endpointServiceName } from '../../modules/rules/endpoint-services';
import { dnsSuffix, PARTITIONS, partitionOf } from '../../modules/rules/partitions';
import { nearestRegions, REGIONS, regionsNamedLike } from '../../modules/rules/regions';

describe('partitions', () => {
  it.each([
    ['eu-west-1', 'aws', 'amazonaws.com'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov'],
  ])('%s is in %s, whose hosts end with %s', (region, partition, suffix) => {
    expect(partitionOf(region)).toBe(partition);
    expect(dnsSuffix(partition)).toBe(suffix);
  });

  it('that nobody knows have the names of the commercial one', () => {
    expect(dnsSuffix('aws-moon')).toBe('amazonaws.com');
  });

  it('are known alike by the starts of images, which are no TypeScript', () => {
    const start = (name: string) => readFileSync(join(__dirname, '../../modules/container/resolver', name), 'utf8');
    const others = PARTITIONS.filter(({ dnsSuffix: suffix }) => suffix !== 'amazonaws.com')
      .map(({ regionPrefix, dnsSuffix: suffix }) => `${regionPrefix} ${suffix}`)
      .sort();
    const shell = [...start('start.sh').matchAll(/^ +([a-z-]+-)\*\) suffix=(\S+) ;;$/gm)];
    const python = [...start('fetch_event.py').matchAll(/^ +\("([a-z-]+-)", "([a-z0-9.-]+)"\),$/gm)];
    expect(shell.map(([, prefix, suffix]) => `${prefix} ${suffix}`).sort()).toEqual(others);
    expect(python.map(([, prefix, suffix]) => `${prefix} ${suffix}`).sort()).toEqual(others);
  });
});

describe('regions', () => {
  it.each([
    ['eu-west-9', ['eu-west-1', 'eu-west-2', 'eu-west-3']],
    ['us-east-3', ['us-east-1', 'us-east-2']],
    ['eu-centrl-1', ['eu-central-1']],
    ['cn-south-1', ['cn-north-1']],
  ])('%s is named like %j', (name, like) => {
    expect(regionsNamedLike(name)).toEqual(like);
  });

  it('are near each other by where they are, not by their names', () => {
    expect(nearestRegions('eu-west-3', REGIONS).slice(0, 4)).toEqual([
      'eu-west-2',
      'eu-central-1',
      'eu-central-2',
      'eu-south-1',
    ]);
    // Across the date line.
    expect(nearestRegions('ap-southeast-6', ['sa-east-1', 'af-south-1'])).toEqual(['af-south-1', 'sa-east-1']);
    expect(nearestRegions('us-west-2', ['us-gov-west-1', 'ap-northeast-1', 'us-west-1'])).toEqual([
      'us-west-1',
      'ap-northeast-1',
    ]);
    expect(nearestRegions('eu-west-9', REGIONS)).toEqual([]);
  });
});

describe('images in Amazon ECR', () => {
  it.each([
    ['123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/job:1', 'eu-west-1', 'team/job'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/job@sha256:0', 'cn-north-1', 'job'],
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/job', 'us-gov-west-1', 'job'],
    ['123456789012.dkr-ecr.eu-west-1.on.aws/job', 'eu-west-1', 'job'],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/job', 'eusc-de-east-1', 'job'],
  ])('%s', (image, region, repository) => {
    expect(ecrImage(image)).toEqual({ account: '123456789012', region, repository });
  });

  it.each(['busybox:1.37', 'public.ecr.aws/docker/library/busybox', 'ghcr.io/123456789012/job'])(
    '%s is none',
    (image) => expect(ecrImage(image)).toBeUndefined(),
  );
});

describe('names of endpoint services', () => {
  // https://github.com/aws/aws-cdk/issues/25329 and the lists of aws-cdk-lib's InterfaceVpcEndpointAwsService.
  it.each([
    ['ecr.api', 'eu-west-1', 'com.amazonaws.eu-west-1.ecr.api'],
    ['ecr.dkr', 'cn-north-1', 'cn.com.amazonaws.cn-north-1.ecr.dkr'],
    ['logs', 'cn-north-1', 'com.amazonaws.cn-north-1.logs'],
    ['secretsmanager', 'cn-northwest-1', 'com.amazonaws.cn-northwest-1.secretsmanager'],
    ['ecs-agent', 'cn-north-1', 'com.amazonaws.cn-north-1.ecs-agent'],
    ['ecr.api', 'us-gov-west-1', 'com.amazonaws.us-gov-west-1.ecr.api'],
    ['ecr.api', 'eusc-de-east-1', 'eu.amazonaws.eusc-de-east-1.ecr.api'],
    ['ecr.dkr', 'us-iso-east-1', 'gov.ic.c2s.us-iso-east-1.ecr.dkr'],
  ])('%s in %s', (service, region, name) => {
    const reverseDnsPrefix = dnsSuffix(partitionOf(region)).split('.').reverse().join('.');
    expect(endpointServiceName(service, region, reverseDnsPrefix)).toBe(name);
  });
});
