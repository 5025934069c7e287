import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { PayloadFormat } from '../modules/config/events/http-api-gateway';
import { shortHash } from '../modules/naming';

/** An HTTP API: this project's, which can stand for an existing one, or a provider's `Apigatewayv2Api`. */
export interface HttpApiSource extends Construct {
  readonly id: string;
  /** Beginning of the ARNs that say which route invokes a function. */
  readonly executionArn: string;
  /** Format of the events, unless a route has its own. @default 1.0 */
  readonly payloadFormat?: PayloadFormat;
}

/**
 * Where the parts of a gateway stand that are there once, whoever declares them: below the gateway; from another Terraform stack, in that
 * stack, since two stacks cannot each need the other.
 */
export function partsOf(scope: Construct, gateway: HttpApiSource): Construct {
  const stack = TerraformStack.of(scope);
  if (TerraformStack.of(gateway) === stack) return gateway;
  const id = `http-api-${shortHash(gateway.node.path)}`;
  return (stack.node.tryFindChild(id) as Construct | undefined) ?? new Construct(stack, id);
}
