import type { StacktapeType } from '../../config/stacktape';

/** What Stacktape's load balancers have that those here have not. */
export const STACKTAPE: StacktapeType = {
  properties: {
    interface: (value) =>
      value === 'internal' ? { ApplicationLoadBalancer: { internal: true } } : 'remove it: load balancers are public',
    customDomains:
      'remove it: not part of this project. Set certificateArn, and create aws_route53_record in Terraform beside it',
  },
};
