import { CloudformationStack } from '@cdktf/provider-aws/lib/cloudformation-stack';
import { Token } from 'cdktf';
import { Construct } from 'constructs';
import type { CfResourceParamDirective, ResourceParamDirective } from '../config/directive';
import { NAME_LIMITS, physicalName } from '../naming';
import { jsonLiteral } from '../terraform-literal';
import { capabilities, cloudFormationDocument, outputName } from './template';

export interface CloudFormationResourcesProps {
  /** Beginning of the physical name. */
  readonly stackName: string;
  /** The resources, by logical id, as the section `Resources` of a template; directives may stand in them. */
  readonly resources: { readonly [logicalId: string]: unknown };
  /** The attributes that are asked for. */
  readonly asked: readonly CfResourceParamDirective[];
  /** The value of a parameter of a resource that Terraform makes. */
  readonly resourceParam: (directive: ResourceParamDirective) => string;
}

/**
 * Resources that CloudFormation makes, in one CloudFormation stack: Terraform makes, updates and deletes the stack, and CloudFormation what is
 * in it. What is asked of them comes out as outputs of the stack.
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

  /** An attribute of a resource, which must be among those that were asked for. */
  attribute(directive: CfResourceParamDirective): string {
    // Not `outputs["name"]`: the quotes would end a text in a JSON document.
    return Token.asString(this.stack.interpolationForAttribute(`outputs.${outputName(directive)}`));
  }
}
