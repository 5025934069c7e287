import { connectEntry } from '../../modules/config/connect-to';
import type { ResolvedConfig } from '../../modules/stack-config/config';
import type { Resource } from '../../modules/stack-config/resources';

/** Notes about settings of a config that a run on this machine does not have. */
export function notApplied(job: string, { compute, resources }: ResolvedConfig): string[] {
  return [
    ...ofInstances(compute),
    ...ofDisks(resources[job]),
    ...ofRole(resources[job]),
    ...ofOverrides(resources[job]),
  ];
}

function ofInstances({ machineImageId, userData }: ResolvedConfig['compute']): string[] {
  const settings = Object.entries({ machineImageId, userData }).filter(([, value]) => value !== undefined);
  if (settings.length === 0) return [];
  const names = settings.map(([name]) => `compute.${name}`).join(' and ');
  return [`${names}: instances in AWS only, not this run`];
}

function ofDisks(resource: Resource | undefined): string[] {
  if (resource?.type !== 'batch-job' || resource.properties.resources.useInstanceStore !== true) return [];
  return ['resources.useInstanceStore: disks of instances in AWS only, not this run'];
}

function ofRole(resource: Resource | undefined): string[] {
  if (resource?.type !== 'batch-job') return [];
  const narrowed = resource.properties.connectTo.map(connectEntry).filter(({ access, prefix }) => access ?? prefix);
  const names = [...new Set(narrowed.map(({ name }) => name))];
  return names.length === 0
    ? []
    : [`connectTo: access and prefix of ${names.join(', ')}: the job's role in AWS only, not this run`];
}

/** Attributes of a job's resources that a local run reads in Terraform's document, by name of the resource. */
const READ: { readonly [name: string]: readonly string[] } = {
  JobDefinition: ['container_properties', 'retry_strategy'],
  StateMachine: ['definition'],
};

function ofOverrides(resource: Resource | undefined): string[] {
  const { overrides = {} } = resource?.type === 'batch-job' ? resource : {};
  const names = Object.entries(overrides).flatMap(([name, attributes]) =>
    Object.keys(attributes)
      .filter((attribute) => !READ[name]?.includes(attribute))
      .map((attribute) => `${name}.${attribute}`),
  );
  return names.length === 0 ? [] : [`overrides of ${names.join(', ')}: resources in AWS only, not this run`];
}
