import type { TerraformResource } from 'cdktf';
import type { EvaluateOnExit, JobRetryStrategy } from '../../modules/orchestration/retry-plan';
import type { TerraformDocument } from './placeholders';

/** The attributes of a resource as Terraform gets them, with what `overrides` changes. */
export function attributesIn(
  { resource = {} }: TerraformDocument,
  { terraformResourceType, friendlyUniqueId }: TerraformResource,
): { readonly [attribute: string]: unknown } {
  return resource[terraformResourceType]?.[friendlyUniqueId] ?? {};
}

interface RetryBlock {
  readonly attempts?: number;
  readonly evaluate_on_exit?: readonly {
    readonly action: string;
    readonly on_exit_code?: string;
    readonly on_reason?: string;
    readonly on_status_reason?: string;
  }[];
}

/** The retry strategy of a job definition, which Terraform has as one block or a list with one. */
export function retryStrategyIn(block: unknown): JobRetryStrategy | undefined {
  const [strategy] = [block].flat() as (RetryBlock | undefined)[];
  if (strategy === undefined) return undefined;
  const { attempts = 1, evaluate_on_exit = [] } = strategy;
  const evaluateOnExit = evaluate_on_exit.map(({ action, on_exit_code, on_reason, on_status_reason }) => ({
    action: action.toUpperCase(),
    ...(on_exit_code !== undefined && { onExitCode: on_exit_code }),
    ...(on_reason !== undefined && { onReason: on_reason }),
    ...(on_status_reason !== undefined && { onStatusReason: on_status_reason }),
  }));
  return { attempts, evaluateOnExit: evaluateOnExit as EvaluateOnExit[] };
}
