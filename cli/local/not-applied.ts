import type { ResolvedConfig } from '../../modules/stack-config/config';

/** Notes about settings of a config that a run on this machine does not have. */
export function notApplied({ compute }: ResolvedConfig): string[] {
  const { machineImageId, userData } = compute;
  const settings = Object.entries({ machineImageId, userData }).filter(([, value]) => value !== undefined);
  if (settings.length === 0) return [];
  const names = settings.map(([name]) => `compute.${name}`).join(' and ');
  return [`${names}: instances in AWS only, not this run`];
}
