import { ArchiveProvider } from '@cdktf/provider-archive/lib/provider';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { BatchJob } from './batch-job';
import { BatchPlatform } from './batch-platform';
import type { ResolvedConfig } from './config/config';
import { DefaultVpc } from './network/default-vpc';
import { ExistingVpc } from './network/existing-vpc';
import type { Network } from './network/network';
import { literals } from './terraform-literal';

/** A whole config as a Terraform stack: the only place where names in a config become constructs, and where outputs are made. */
export class BatchJobsStack extends TerraformStack {
  readonly platform: BatchPlatform;
  /** The batch jobs, by name. */
  readonly jobs: ReadonlyMap<string, BatchJob>;

  constructor(scope: Construct, config: ResolvedConfig) {
    super(scope, config.stackName);
    this.createProviders(config);
    this.createBackend(config);
    this.platform = this.createPlatform(config);
    this.jobs = new Map(
      Object.entries(config.resources).map(([name, { properties }]) => [name, this.createJob(name, properties)]),
    );
  }

  private createProviders({ region, tags }: ResolvedConfig): void {
    const defaultTags = Object.keys(tags).length === 0 ? undefined : [{ tags: literals(tags) }];
    new AwsProvider(this, 'aws', { region, defaultTags });
    new ArchiveProvider(this, 'archive');
  }

  /** A stack without a backend would get a state file under an absolute path of the machine that synthesized it. */
  private createBackend({ stackName, region, ...config }: ResolvedConfig): void {
    const backend = literals(config.backend);
    switch (backend.type) {
      case 'local':
        // Out of cdktf.out, which may be deleted at any time.
        new LocalBackend(this, { path: backend.path ?? `../../../terraform.${stackName}.tfstate` });
        break;
      case 's3': {
        const { bucket, key = `${stackName}/terraform.tfstate` } = backend;
        new S3Backend(this, { bucket, key, region: backend.region ?? region, encrypt: true });
        // Not among the bindings' properties: https://developer.hashicorp.com/terraform/language/backend/s3#state-locking
        this.addOverride('terraform.backend.s3.use_lockfile', true);
        break;
      }
      case 'cloud': {
        const { organization, hostname, workspace = stackName } = backend;
        new CloudBackend(this, { organization, hostname, workspaces: new NamedCloudWorkspace(workspace) });
        break;
      }
    }
  }

  private createPlatform({ stackName, compute, vpc, tags }: ResolvedConfig): BatchPlatform {
    return new BatchPlatform(this, 'batch-platform', {
      stackName,
      ...compute,
      tags,
      network: this.createNetwork(stackName, vpc),
    });
  }

  private createNetwork(stackName: string, { vpcId, subnetIds, cidrBlock }: ResolvedConfig['vpc']): Network {
    if (vpcId === undefined || subnetIds === undefined)
      return new DefaultVpc(this, 'batch-network', { stackName, cidrBlock });
    return new ExistingVpc(this, 'batch-network', { stackName, vpcId, subnetIds });
  }

  private createJob(name: string, properties: ResolvedConfig['resources'][string]['properties']): BatchJob {
    const job = new BatchJob(this, name, { ...properties, platform: this.platform });
    this.createOutput(`${name}JobDefinitionArn`, job.jobDefinitionArn);
    this.createOutput(`${name}StateMachineArn`, job.stateMachineArn);
    if (job.logGroupArn !== undefined) this.createOutput(`${name}LogGroupArn`, job.logGroupArn);
    return job;
  }

  private createOutput(name: string, value: string): void {
    new TerraformOutput(this, name, { value, staticId: true });
  }
}
