import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A project in a folder of its own, with a program in place of Terraform for what the real one cannot be made to do at will. */
export interface StandIn {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  dispose(): void;
}

const JOB = `stackName: reports
region: eu-west-1
resources:
  nightlyReport:
    type: batch-job
    properties:
      container: { packaging: { type: prebuilt-image, properties: { image: busybox } } }
      resources: { cpu: 1, memory: 512 }
`;

/**
 * @param program what the shell script does, after it has answered "version"; it finds its words as `$*`
 * @param version what it says it is
 */
export function standIn(program: string, version = '1.11.4'): StandIn {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stand-in-')));
  const binary = join(folder, 'terraform');
  const answer = `[ "$1" = version ] && { echo '{"terraform_version": "${version}"}'; exit 0; }`;
  writeFileSync(binary, `#!/bin/sh\n${answer}\necho "$*" >> '${folder}/calls'\n${program}\n`);
  chmodSync(binary, 0o755);
  writeFileSync(join(folder, 'jobs.yml'), JOB);
  mkdirSync(join(folder, 'tmp'));
  const { BATCH_JOBS_CONFIG, CDKTF_OUTDIR, ...inherited } = process.env;
  const env = {
    ...inherited,
    NO_COLOR: '1',
    TERRAFORM_BINARY_NAME: binary,
    BATCH_JOBS_CONFIG: 'jobs.yml',
    TMPDIR: join(folder, 'tmp'),
  };
  return { folder, env, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
