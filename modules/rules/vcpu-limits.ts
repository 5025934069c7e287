import { Token } from 'cdktf';
import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';

/** vCPUs of each compute environment: the default of the maximum, and the most that either limit accepts. */
export const VCPU_LIMITS = { defaultMaximum: 256, highest: 1_000_000 } as const;

/**
 * Why a compute environment cannot keep its minimum of vCPUs running. Undefined if it can, if a number is missing or of another type, and
 * if only Terraform knows one of them.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_ComputeResource.html
 */
export function minVcpusProblem(compute: { minVcpus?: unknown; maxVcpus?: unknown }): Finding | undefined {
  const { minVcpus, maxVcpus = VCPU_LIMITS.defaultMaximum } = compute;
  if (!isKnown(minVcpus) || !isKnown(maxVcpus) || minVcpus <= maxVcpus) return undefined;
  return {
    code: 'conflict',
    found: foundValue(minVcpus),
    accepted: `0 to ${maxVcpus}, the value of maxVcpus`,
    fix: `lower minVcpus to ${maxVcpus} or less, or raise maxVcpus to ${minVcpus} or more`,
  };
}

function isKnown(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && !Token.isUnresolved(value);
}
