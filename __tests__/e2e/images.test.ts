import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
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

  it('are built by Docker in parallel while Terraform applies, by buildpacks each in a separate folder', async () => {
    const sources = ['one', 'two'].map((name) => folder({ name }));
    const buildpack = (sourceDirectoryPath: string): Job => ({
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'external-buildpack', properties: { sourceDirectoryPath } } },
        resources: { cpu: 1, memory: 1024 },
      },
    });
    const [one = '', two = ''] = sources;
    const resources = { one: buildpack(one), two: buildpack(two) };
    const synthesized = synthesize(config({ imageBuilder: 'docker', resources }));
    const copy = workspace(synthesized.dir);
    // In place of pack: waits for the other one, and says what it finds in its folder then.
    const programs = folder({
      'docker*': '#!/bin/sh\nexit 0\n',
      'pack*':
        '#!/bin/bash\nwhile [[ $1 != --path ]]; do shift; done\ntouch "$LOG/started-$$"\nfor i in {1..400}; do [[ $(ls "$LOG" | grep -c started) -ge 2 ]] && break; sleep 0.05; done\nsleep 0.2\necho $(cat "$2"/*) > "$LOG/found-$$"\n',
    });
    const log = folder({});
    const path = process.env.PATH;
    process.env.PATH = `${programs}:${path}`;
    process.env.LOG = log;
    try {
      await copy.mockApply();
      const found = readdirSync(log).filter((name) => name.startsWith('found'));
      expect(found.map((name) => readFileSync(join(log, name), 'utf8').trim()).sort()).toEqual(['one', 'two']);
      expect(readdirSync(copy.dir).filter((name) => name.startsWith('.build'))).toEqual([]);
    } finally {
      process.env.PATH = path;
      delete process.env.LOG;
      copy.dispose();
      synthesized.dispose();
    }
  });

  it('validate with secrets and private base images, by either builder', async () => {
    const root = folder({
      Dockerfile: 'FROM 123456789012.dkr.ecr.eu-west-1.amazonaws.com/base:1\nRUN --mount=type=secret,id=TOKEN true\n',
    });
    const secretArn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:ghcr-AbCdEf';
    const packaging = {
      type: 'custom-dockerfile',
      properties: {
        buildContextPath: root,
        buildSecrets: {
          TOKEN: "$Secret('npm.a${b}')",
          INDEX: "$Parameter('/pip/index')",
          WHOLE: `$Secret('${secretArn}')`,
        },
        registryCredentials: [{ registry: 'ghcr.io', secretArn }],
      },
    } as const;
    const resources = {
      job: { ...job(root), properties: { container: { packaging }, resources: { cpu: 1, memory: 1024 } } },
    };
    for (const imageBuilder of ['codebuild', 'docker'] as const) {
      const synthesized = synthesize(config({ imageBuilder, resources: resources as BatchJobsConfig['resources'] }));
      const copy = workspace(synthesized.dir);
      try {
        expect(await copy.validate()).toEqual([]);
      } finally {
        copy.dispose();
        synthesized.dispose();
      }
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
