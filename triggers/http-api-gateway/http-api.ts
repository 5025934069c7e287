import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { shortHash } from '../../modules/rules/naming';
import type { PayloadFormat } from '../../modules/rules/payload-format';

/** An HTTP API: one of this project's, which can refer to an existing one, or a provider's `Apigatewayv2Api`. */
export interface HttpApiSource extends Construct {
  readonly id: string;
  /** Prefix of the ARNs that identify the route that invokes a function. */
  readonly executionArn: string;
  /** Format of the events, unless a route sets another. @default 1.0 */
  readonly payloadFormat?: PayloadFormat;
}

/**
 * Scope of the shared parts of a gateway: the gateway, or the job's Terraform stack if the gateway is in another one, because two stacks
 * cannot depend on each other.
 */
export function findOrCreateParts(scope: Construct, gateway: HttpApiSource): Construct {
  const stack = TerraformStack.of(scope);
  if (TerraformStack.of(gateway) === stack) return gateway;
  const id = `http-api-${shortHash(gateway.node.path)}`;
  return (stack.node.tryFindChild(id) as Construct | undefined) ?? new Construct(stack, id);
}
