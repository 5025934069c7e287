import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Deployment } from '../../../cli/operate/deployment';
import { parse } from '../../../modules/config/parse';
import { type BatchJobsConfig, batchJobsConfig } from '../../../modules/stack-config/config';
import { deployed } from './info/deployment';

describe('an account of the credentials', () => {
  let sts: Server;

  beforeAll(async () => {
    sts = createServer((_, response) =>
      response.end(
        '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
      ),
    );
    await new Promise<void>((done) => sts.listen(0, '127.0.0.1', done));
    process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${(sts.address() as AddressInfo).port}`;
    process.env.AWS_ACCESS_KEY_ID = 'test';
    process.env.AWS_SECRET_ACCESS_KEY = 'test';
  });
  afterAll(() => new Promise((done) => sts.close(done)));

  const open = async (config: Partial<BatchJobsConfig>) => {
    const whole = parse(batchJobsConfig, { stackName: 'shop', region: 'eu-west-1', resources: {}, ...config }, 'test');
    const deployment = await Deployment.of({ file: '/project/batch-jobs.yml', config: whole }, {});
    deployment.clients.close();
    return deployment.account;
  };

  it('is used if the config allows it, or any', async () => {
    expect(await open({})).toBe('111111111111');
    expect(await open({ allowedAccountIds: ['111111111111', '222222222222'] })).toBe('111111111111');
  });

  it('is refused if the config allows only others', async () => {
    await expect(open({ allowedAccountIds: ['222222222222'] })).rejects.toThrow(
      'The credentials are of account 111111111111, and allowedAccountIds of the config has 222222222222. Select others with --profile.',
    );
  });
});

describe('a name prefix', () => {
  it('is in every name that a command looks for, and not in what people read', () => {
    const report = {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
      },
    } as const;
    const deployment = deployed({ namePrefix: 'acme-', resources: { report } });
    expect(deployment.stackName).toBe('shop');
    expect(deployment.undeliveredEventsName).toBe('acme-shop-undelivered-events');
    expect(deployment.jobNamed('report')).toMatchObject({
      stateMachineName: 'acme-shop-report',
      jobDefinitionName: 'acme-shop-report',
      triggerFunctionName: 'acme-shop-report-trigger',
      logGroupName: '/batch-jobs/acme-shop/report',
    });
  });
});
