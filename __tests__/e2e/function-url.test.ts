import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Deployment, deploy } from './engines/deployment';
import { emulatorAvailable } from './engines/ministack';
import { describeWith, terraformAvailable } from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

type Url = NonNullable<Extract<BatchJobsConfig['resources'][string], { type: 'function' }>['properties']>['url'];

const CLOSED: Url = {
  authMode: 'AWS_IAM',
  responseStreamEnabled: true,
  cors: {
    allowedOrigins: ['https://app.example.com'],
    allowedMethods: ['GET'],
    exposedResponseHeaders: ['etag'],
    maxAge: 60,
  },
};

function config(url: Url): BatchJobsConfig {
  const packaging = { type: 'js-bundle', properties: { entryfilePath: 'fixtures/echo.ts' } } as const;
  return {
    stackName: 'function-url',
    region: 'eu-west-1',
    resources: { echo: { type: 'function', properties: { packaging, url } } },
  };
}

const ADDRESS_PARTS = ['aws_lambda_function_url', 'aws_lambda_permission', 'aws_cloudformation_stack'];

describeWith([terraformAvailable(), emulatorAvailable()], 'the address of a function', () => {
  let deployment: Deployment;
  const made: SynthesizedStack[] = [];
  const stack = (url: Url): string => {
    const one = synthesize(config(url));
    made.push(one);
    return one.dir;
  };
  const parts = async () =>
    [...(await deployment.copy.state()).resources.values()]
      .map(({ type }) => type)
      .filter((type) => ADDRESS_PARTS.includes(type));

  beforeAll(async () => {
    deployment = await deploy(stack({ cors: {} }));
  });

  afterAll(async () => {
    await deployment?.dispose();
    for (const one of made) one.dispose();
  });

  it('is applied with both permissions, and shows no change when it is planned again', async () => {
    expect((await parts()).sort()).toEqual([...ADDRESS_PARTS].sort());
    expect(await deployment.copy.plan()).toEqual({ hasChanges: false, removes: false });
  });

  it('is closed where it is, which takes the permissions away', async () => {
    await deployment.copy.applyOf(stack(CLOSED));
    expect(await parts()).toEqual(['aws_lambda_function_url']);
    expect(await deployment.copy.plan()).toEqual({ hasChanges: false, removes: false });
  });

  it('is open again, and gone', async () => {
    await deployment.copy.applyOf(stack({ cors: {} }));
    expect(await deployment.copy.plan()).toEqual({ hasChanges: false, removes: false });
    await deployment.copy.applyOf(stack(undefined));
    expect(await parts()).toEqual([]);
  });
});
