import { Construct } from 'constructs';
import type { z } from 'zod';
import type { IngressRule } from '../../access/connection';
import type { Statement } from '../../access/policy';
import { type SecretReference, secretSource } from '../../access/secret';
import { companionProps } from '../../config/construct-props';
import { parse } from '../../config/parse';
import type { Companion, CompanionContext } from '../companion';
import { existingProperties, existingResource } from './schema';

export type ExistingResourceProps = Pick<CompanionContext, 'aws'> & {
  readonly properties: z.input<typeof existingProperties>;
};

/**
 * An existing resource that defines its own connection. Creates nothing.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { ExistingResource } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new ExistingResource(stack, 'search', {
 *   ...platform.context,
 *   properties: { variables: { url: 'https://search.example.com' } },
 * });
 */
export class ExistingResource extends Construct implements Companion<'existing'> {
  readonly type = 'existing';
  readonly params = {};
  readonly variables: { readonly [param: string]: string };
  readonly secrets: { readonly [param: string]: SecretReference };
  readonly statements: readonly Statement[];
  readonly ingressRule?: IngressRule;

  constructor(scope: Construct, id: string, given: ExistingResourceProps) {
    super(scope, id);
    const props = companionProps(this, given, existingResource, ['aws']);
    const { variables, secrets, iamRoleStatements, securityGroup } = parse(
      existingProperties,
      props.properties,
      this.node.path,
    );
    this.variables = variables;
    this.secrets = Object.fromEntries(
      Object.entries(secrets).flatMap(([param, text]) => {
        const secret = secretSource(props.aws, text);
        return secret === undefined ? [] : [[param, secret] as const];
      }),
    );
    this.statements = iamRoleStatements;
    this.ingressRule = securityGroup && {
      key: this.node.path,
      securityGroupId: securityGroup.id,
      port: securityGroup.port,
    };
  }
}
