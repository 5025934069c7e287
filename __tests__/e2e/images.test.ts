import type { BatchJobsConfig } from '../../modules/config/config';
import { folder, removeFolders } from '../container/folder';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';

type Job = BatchJobsConfig['resources'][string];

function job(buildContextPath: string, architecture: 'x86_64' | 'arm64' = 'x86_64'): Job {
  const buildArgs = [{ argName: 'TEXT', value: 'it\'s "${x}" %{y}' }];
  const packaging = { type: 'custom-dockerfile', properties: { buildContextPath, buildArgs } } as const;
  return {
    type: 'batch-job',
    properties: { container: { packaging }, resources: { cpu: 1, memory: 1024, architecture } },
  };
}

function config(rest: Partial<BatchJobsConfig> = {}): BatchJobsConfig {
  const one = folder({ Dockerfile: 'FROM scratch\n' });
  const two = folder({ Dockerfile: 'FROM scratch\n', 'data/file': '1' });
  const resources = { one: job(one), two: job(two), arm: job(two, 'arm64') };
  return { stackName: 'images', region: 'eu-west-1', resources, ...rest };
}

describeWith([terraformAvailable()], 'images, with the real provider', () => {
  afterAll(removeFolders);

  it('validate and apply, built by CodeBuild: three contexts and a template, two projects, one stack that waits', async () => {
    const synthesized = synthesize(config());
    const copy = workspace(synthesized.dir);
    try {
      expect(await copy.validate()).toEqual([]);
      const applied = [...(await copy.mockApply()).resources.values()];
      const count = (type: string) => applied.filter((resource) => resource.type === type).length;
      expect([count('aws_s3_object'), count('aws_codebuild_project'), count('aws_cloudformation_stack')]).toEqual([
        4, 2, 1,
      ]);
    } finally {
      copy.dispose();
      synthesized.dispose();
    }
  });

  it('validate, built by Docker; not applied, since that runs docker', async () => {
    const synthesized = synthesize(config({ imageBuilder: 'docker' }));
    const copy = workspace(synthesized.dir);
    try {
      expect(await copy.validate()).toEqual([]);
    } finally {
      copy.dispose();
      synthesized.dispose();
    }
  });
});
