import type { ResolvedConfig } from './config';

/** Where Terraform stores the state of a stack, with all defaults. */
export type TerraformState =
  | { readonly type: 'local'; readonly path: string }
  | { readonly type: 's3'; readonly bucket: string; readonly key: string; readonly region?: string }
  | { readonly type: 'cloud'; readonly organization: string; readonly hostname?: string; readonly workspace: string };

/** Defaults include stack and region, because a config can be deployed to several regions, each with its own state. */
export function terraformState({
  stackName,
  region,
  backend,
}: Pick<ResolvedConfig, 'stackName' | 'region' | 'backend'>): TerraformState {
  const deployment = region === undefined ? [stackName] : [stackName, region];
  switch (backend.type) {
    case 'local':
      // Outside cdktf.out, which can be deleted at any time.
      return { type: 'local', path: backend.path ?? `../../../terraform.${deployment.join('.')}.tfstate` };
    case 's3': {
      const { bucket, key = [...deployment, 'terraform.tfstate'].join('/') } = backend;
      return { type: 's3', bucket, key, region: backend.region ?? region };
    }
    case 'cloud': {
      const { organization, hostname, workspace = deployment.join('-') } = backend;
      return { type: 'cloud', organization, hostname, workspace };
    }
  }
}

type S3Config = Extract<ResolvedConfig['backend'], { type: 's3' }>;

/** The options of the S3 backend that don't say where the state is, with Terraform's names. */
export function s3Options({ type, bucket, key, region, encrypt, useLockfile, ...options }: S3Config) {
  return terraformNames({ ...(useLockfile && { useLockfile }), ...options });
}

/** The properties of an object and of objects in it with Terraform's names: `kmsKeyId` becomes `kms_key_id`. Keys of tags stay. */
function terraformNames(properties: object): { readonly [name: string]: unknown } {
  return Object.fromEntries(
    Object.entries(properties).map(([name, value]) => [
      name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof value === 'object' && !Array.isArray(value) && name !== 'tags' ? terraformNames(value) : value,
    ]),
  );
}
