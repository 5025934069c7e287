import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { CfResourceParamDirective, ResourceParamDirective } from '../config/directive';
import { NAME_LIMITS, physicalName } from '../rules/naming';
import { jsonLiteral } from '../terraform/literal';
import { capabilities, cloudFormationDocument, outputName } from './template';

export interface CloudFormationResourcesProps {
  /** Prefix of the physical name. */
  readonly stackName: string;
  /** The resources, by logical ID, as in the `Resources` section of a template. They can contain directives. */
  readonly resources: { readonly [logicalId: string]: unknown };
  /** The attributes that the config refers to. */
  readonly asked: readonly CfResourceParamDirective[];
  /** The value of a parameter of a Terraform resource. */
  readonly resourceParam: (directive: ResourceParamDirective) => string;
}

/**
 * Resources that CloudFormation creates, in one CloudFormation stack. Terraform creates, updates and deletes the stack, and CloudFormation
 * its resources. The attributes that the config refers to are outputs of the stack.
 */
export class CloudFormationResources extends Construct {
  readonly stack: CloudformationStack;

  constructor(
    scope: Construct,
    id: string,
    { stackName, resources, asked, resourceParam }: CloudFormationResourcesProps,
  ) {
    super(scope, id);
    const { template, parameters } = cloudFormationDocument(resources, asked);
    const values = [...parameters].map(([name, directive]): [string, string] => [name, resourceParam(directive)]);
    const needed = capabilities(template);
    this.stack = new CloudformationStack(this, 'Resource', {
      name: physicalName(NAME_LIMITS.cloudformationStack, stackName, 'resources'),
      templateBody: jsonLiteral(template),
      ...(values.length > 0 && { parameters: Object.fromEntries(values.sort(([a], [b]) => (a < b ? -1 : 1))) }),
      ...(needed.length > 0 && { capabilities: needed }),
    });
  }

  /** An attribute of a resource, which must be one of `asked`. */
  attribute(directive: CfResourceParamDirective): string {
    // Not `outputs["name"]`, because the quotes would end a string in a JSON document.
    return Token.asString(this.stack.interpolationForAttribute(`outputs.${outputName(directive)}`));
  }
}
