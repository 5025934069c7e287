import type { AwsContext } from '../terraform/aws-context';
import { jsonLiteral } from '../terraform/literal';

/** A statement of a queue's policy: the service that can send to it, and on whose behalf. */
export interface QueueStatement {
  /** Unique within the queue's policy: letters and digits. */
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly [operator: string]: unknown };
}

/** Permission for a service to send, on behalf of some sources. One statement per service, because a policy can have 20. */
export interface SendPermission {
  /** Name of the sources. A queue accepts only one permission with the same name. */
  readonly name: string;
  readonly service: string;
  /** ARNs of the sources. `*` matches any characters. */
  arns(aws: Pick<AwsContext, 'arn'>): readonly string[];
}

/**
 * A queue's policy as JSON for Terraform: the services that can send, sorted by `Sid` so that their order doesn't matter, and no access
 * without TLS.
 */
export function queuePolicy(queueArn: string, statements: readonly QueueStatement[]): string {
  const senders = [...statements]
    .sort((a, b) => (a.Sid < b.Sid ? -1 : 1))
    .map((statement) => ({ ...statement, Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queueArn }));
  const tlsOnly = {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:*',
    Resource: queueArn,
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
  return jsonLiteral({ Version: '2012-10-17', Statement: [...senders, tlsOnly] });
}

/** One statement per service, regardless of the order of the senders. */
export function senderStatements(senders: readonly SendPermission[], aws: Pick<AwsContext, 'arn'>): QueueStatement[] {
  const arns = new Map<string, string[]>();
  for (const sender of [...senders].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    arns.set(sender.service, [...(arns.get(sender.service) ?? []), ...sender.arns(aws)]);
  }
  return [...arns].map(([service, sources]) => ({
    Sid: `UndeliveredOf${service.replace(/\..*$/, '').replace(/^./, (letter) => letter.toUpperCase())}`,
    Principal: { Service: service },
    Condition: { ArnLike: { 'aws:SourceArn': sources } },
  }));
}
