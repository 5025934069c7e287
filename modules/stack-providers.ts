import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from 'cdktf';
import type { ResolvedConfig } from './stack-config/config';
import { s3Options, terraformState } from './stack-config/terraform-state';
import { literals } from './terraform/literal';

/** The providers that the stack of a config needs. */
export function createProviders(stack: TerraformStack, { region, allowedAccountIds, tags }: ResolvedConfig): void {
  const defaultTags = Object.keys(tags).length === 0 ? undefined : [{ tags: literals(tags) }];
  // IDs with a hyphen, which no resource name contains: a job can be named "aws".
  new AwsProvider(stack, 'aws-provider', { region, allowedAccountIds, defaultTags });
  new ArchiveProvider(stack, 'archive-provider');
}

/** The backend of a config. Without one, CDKTF would put the absolute path of a local state file into the stack. */
export function createBackend(stack: TerraformStack, config: ResolvedConfig): void {
  const state = literals(terraformState(config));
  switch (state.type) {
    case 'local':
      new LocalBackend(stack, { path: state.path });
      break;
    case 's3': {
      const { bucket, key, region } = state;
      if (config.backend.type !== 's3') break;
      new S3Backend(stack, { bucket, key, region, encrypt: config.backend.encrypt });
      // The bindings' properties lack some of them.
      for (const [name, value] of Object.entries(literals(s3Options(config.backend)))) {
        stack.addOverride(`terraform.backend.s3.${name}`, value);
      }
      break;
    }
    case 'cloud': {
      const { organization, hostname, workspace } = state;
      new CloudBackend(stack, { organization, hostname, workspaces: new NamedCloudWorkspace(workspace) });
      break;
    }
  }
}
