import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { LbTargetGroup } from '@cdktf/provider-aws/lib/lb-target-group';
import { LbTargetGroupAttachment } from '@cdktf/provider-aws/lib/lb-target-group-attachment';
import { Construct } from 'constructs';
import { NAME_LIMITS, physicalName } from '../modules/naming';
import type { EventTarget } from './event-target';

/** A function as the target of one load balancer; all its rules there share it, since a target group serves one load balancer. */
export class LambdaTargetGroup extends Construct {
  readonly targetGroup: LbTargetGroup;
  readonly permission: LambdaPermission;
  readonly attachment: LbTargetGroupAttachment;

  /** @param loadBalancerName tells the load balancer apart from others that have the same function as target */
  constructor(scope: Construct, id: string, target: EventTarget, loadBalancerName: string) {
    super(scope, id);
    this.targetGroup = new LbTargetGroup(this, 'Resource', {
      // Letters, digits and hyphens only.
      name: physicalName(NAME_LIMITS.targetGroup, target.name, loadBalancerName).replace(/_/g, '-'),
      targetType: 'lambda',
      // A check would invoke the function, and be billed, every few seconds; a function is there or it is not.
      // Both times are AWS's own for functions; left out, the provider says 30 for the interval alone, and AWS takes none up to the time-out:
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
      // Refused by AWS as long as the load balancer may not invoke the function.
      dependsOn: [this.permission],
    });
  }
}
