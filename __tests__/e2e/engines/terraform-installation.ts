import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Availability } from './availability';
import { SHIMMED_AWS_PROVIDER } from './provider-shim';

/** Terraform, and the source of its providers. */
export interface TerraformInstallation {
  readonly binary: string;
  readonly version: string;
  /**
   * `mirror`: a folder in the layout of Terraform's filesystem mirror, which has version 5.100.0 of the AWS provider and no other
   * provider for certain, so stacks are shimmed. `registry`: providers are downloaded, and stacks are tested unchanged.
   */
  readonly providers: { readonly kind: 'mirror'; readonly path: string } | { readonly kind: 'registry' };
}

const REGISTRY = 'registry.terraform.io';
/** The folder of the AWS provider in a filesystem mirror. */
export const AWS_IN_MIRROR = join(REGISTRY, 'hashicorp', 'aws', SHIMMED_AWS_PROVIDER);
/** Remembers a mirror that only a search of the whole disk found. */
const MEMORY = resolve(__dirname, '../../../node_modules/.cache/cdktf-batch-jobs/provider-mirror');

let known: Availability<TerraformInstallation> | undefined;

/**
 * Looks for Terraform and its AWS provider, once per test file.
 *
 * - `TERRAFORM_BINARY_NAME`: the binary. @default terraform
 * - `TERRAFORM_PROVIDER_MIRROR`: a filesystem mirror. @default the usual folders, then the whole disk
 * - `TERRAFORM_PROVIDERS=registry`: download the providers, use no mirror. @default the registry only where there is no mirror
 *   and it answers within 3 seconds
 */
export function terraformAvailable(): Availability<TerraformInstallation> {
  known ??= findInstallation();
  return known;
}

function findInstallation(): Availability<TerraformInstallation> {
  const binary = process.env.TERRAFORM_BINARY_NAME ?? 'terraform';
  const version = terraformVersion(binary);
  if (version === undefined) {
    return {
      available: false,
      reason: `${binary} is not on the PATH: install Terraform 1.9 or later, or name it in TERRAFORM_BINARY_NAME.`,
    };
  }
  const mirror = process.env.TERRAFORM_PROVIDERS === 'registry' ? undefined : findMirror();
  if (mirror !== undefined) {
    return { available: true, binary, version, providers: { kind: 'mirror', path: mirror } };
  }
  return process.env.TERRAFORM_PROVIDERS === 'registry' || registryAnswers()
    ? { available: true, binary, version, providers: { kind: 'registry' } }
    : {
        available: false,
        reason:
          `Terraform ${version} is here, but no AWS provider: https://${REGISTRY} does not answer, and no folder holds ` +
          `${AWS_IN_MIRROR}. Fetch one with 'terraform providers mirror' and name it in TERRAFORM_PROVIDER_MIRROR.`,
      };
}

function terraformVersion(binary: string): string | undefined {
  const { status, stdout } = spawnSync(binary, ['version', '-json'], {
    encoding: 'utf8',
    timeout: 120_000,
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  });
  // A broken CLI configuration of the machine's owner puts a warning before the JSON.
  return status === 0 ? /"terraform_version":\s*"([^"]+)"/.exec(stdout)?.[1] : undefined;
}

function findMirror(): string | undefined {
  const named = process.env.TERRAFORM_PROVIDER_MIRROR;
  return named ?? usualMirrors().find(holdsAwsProvider) ?? searchedMirror();
}

function holdsAwsProvider(mirror: string): boolean {
  return existsSync(join(mirror, AWS_IN_MIRROR));
}

function usualMirrors(): string[] {
  const home = homedir();
  const shared = process.env.XDG_DATA_HOME ?? join(home, '.local/share');
  return [
    process.env.TF_PLUGIN_CACHE_DIR ?? join(home, '.terraform.d/plugin-cache'),
    join(home, '.terraform.d/plugins'),
    join(shared, 'terraform/plugins'),
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
    '/usr/share/terraform/providers',
    ...(existsSync('/opt') ? readdirSync('/opt').map((entry) => join('/opt', entry)) : []),
    ...(existsSync(MEMORY) ? [readFileSync(MEMORY, 'utf8')] : []),
  ];
}

/** The whole disk but not what is mounted on it: seconds, where the usual folders take a millisecond. */
function searchedMirror(): string | undefined {
  const binary = `terraform-provider-aws_v${SHIMMED_AWS_PROVIDER}*`;
  // find reports folders that it may not enter as a failure, and what it found all the same.
  const { stdout } = spawnSync('find', ['/', '-xdev', '-type', 'f', '-name', binary, '-print', '-quit'], {
    encoding: 'utf8',
    timeout: 300_000,
  });
  const found = stdout?.split('\n')[0];
  const mirror = found ? resolve(dirname(found), '../../../../..') : undefined;
  if (mirror === undefined || !holdsAwsProvider(mirror)) {
    return undefined;
  }
  mkdirSync(dirname(MEMORY), { recursive: true });
  writeFileSync(MEMORY, mirror);
  return mirror;
}

function registryAnswers(): boolean {
  const question = `fetch('https://${REGISTRY}/.well-known/terraform.json', { signal: AbortSignal.timeout(10_000) })
    .then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', question], { timeout: 60_000 }).status === 0;
}
