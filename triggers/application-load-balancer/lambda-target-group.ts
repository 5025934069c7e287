import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { Construct } from 'constructs';
import type { EventTarget } from '../../modules/invocation/event-target';
import { NAME_LIMITS, physicalName } from '../../modules/rules/naming';

/**
 * A function as the target of one load balancer. All its rules there share the target group, which can belong to only one load balancer.
 */
export class LambdaTargetGroup extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly permission: LambdaPermission;
  readonly attachment: LbTargetGroupAttachment;

  /**
   * @param loadBalancerName identifies the load balancer among those with the same function as target
   * @param multiValueHeaders whether the function gets all values of each header and query parameter
   */
  constructor(
    scope: Construct,
    id: string,
    target: EventTarget,
    loadBalancerName: string,
    readonly multiValueHeaders: boolean,
  ) {
    super(scope, id);
    this.targetGroup = new LbTargetGroup(this, 'Resource', {
      // Letters, digits and hyphens only.
      name: physicalName(NAME_LIMITS.targetGroup, target.name, loadBalancerName).replace(/_/g, '-'),
      targetType: 'lambda',
      ...(multiValueHeaders && { lambdaMultiValueHeadersEnabled: true }),
      // A health check would invoke the function, at a cost, every few seconds. A function doesn't need one.
      // Both are AWS's defaults for functions. The provider's default interval is 30, and AWS requires it to be greater than the timeout:
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html
      healthCheck: { enabled: false, interval: 35, timeout: 30 },
      tags: target.tags,
    });
    this.permission = new LambdaPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.function.functionName,
      principal: 'elasticloadbalancing.amazonaws.com',
      sourceArn: this.targetGroup.arn,
    });
    this.attachment = new LbTargetGroupAttachment(this, 'Attachment', {
      targetGroupArn: this.targetGroup.arn,
      targetId: target.function.arn,
      // AWS rejects it until the load balancer is allowed to invoke the function.
      dependsOn: [this.permission],
    });
  }
}
