import { Testing } from 'cdktf';
import { summary } from '../../cli/summary';
import { batchJobsConfig } from '../../modules/config/config';
import { parse } from '../../modules/config/parse';
import { BatchJobsStack } from '../../modules/stack';
import { folder, removeFolders } from '../container/folder';

afterEach(removeFolders);

it('says once what is to be known of images, with the property of the first job', () => {
  const job = {
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'custom-dockerfile', properties: { buildContextPath: 'job' } } },
      resources: { cpu: 1, memory: 512 },
    },
  };
  const config = parse(batchJobsConfig, { stackName: 'reports', resources: { one: job, two: job } }, 'test');
  const baseDir = folder({ 'job/Dockerfile': 'FROM scratch\nCMD ["/job"]\n', 'job/.env': '' });
  const stack = new BatchJobsStack(Testing.app(), config, { baseDir });
  const hints = summary(config, stack, { configFile: 'jobs.yml', outdir: 'cdktf.out' })
    .split('\n')
    .filter((line) => line.includes('secrets'));
  expect(hints).toEqual([
    'Hint: resources.one.properties.container.packaging.properties.buildContextPath: the build context includes a file that might hold ' +
      'secrets: .env. Add what the image does not need to .dockerignore, or "!" and its path if it does',
  ]);
});
