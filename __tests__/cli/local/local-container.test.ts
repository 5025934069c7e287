import { resolve } from 'node:path';
import { localJob } from '../../../cli/local/local-job';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';

test('a variable can be an expression with quotes in it, which only a deployment knows', () => {
  const packaging = { type: 'prebuilt-image', properties: { image: 'busybox', command: ['echo', '"${x}"'] } };
  const environment = { DOMAIN: "$ResourceParam('api','domain')", WORDS: 'say "yes"' };
  const resources = {
    api: { type: 'http-api-gateway', properties: {} },
    report: {
      type: 'batch-job',
      properties: { container: { packaging, environment }, resources: { cpu: 1, memory: 512 } },
    },
  };
  const config = parse(batchJobsConfig, { stackName: 'shop', region: 'eu-west-1', resources }, 'test');
  const job = localJob({ file: resolve('test.json'), config }, 'report', { now: () => new Date(), uuid: () => 'u' });
  expect(job.container).toMatchObject({
    image: 'busybox',
    command: ['echo', '"${x}"'],
    environment: {
      DOMAIN: expect.stringMatching(/^<trimprefix\(aws_apigatewayv2_api\..*, "https:\/\/"\)>$/),
      WORDS: 'say "yes"',
    },
    memory: 512,
  });
  expect(job.unknown).toEqual([{ part: 'DOMAIN', text: job.container.environment.DOMAIN }]);
});
