import type { AwsContext } from '../aws-context';
import { jsonLiteral } from '../terraform-literal';

/** A statement of a queue's own policy: which service may send to it, and on whose behalf. */
export interface QueueStatement {
  /** Unique within the queue's policy: letters and digits. */
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly [operator: string]: unknown };
}

/** Leave to send for a service, on behalf of some sources. What one service is allowed becomes one statement: a policy has 20. */
export interface Senders {
  /** Name of the sources: a queue takes those of one name once. */
  readonly name: string;
  readonly service: string;
  /** ARNs of the sources, in which `*` stands for any text. */
  arns(aws: Pick<AwsContext, 'arn'>): readonly string[];
}

/**
 * A queue's own policy as JSON for Terraform: the services that may send, in the order of their statements' names so that who came first
 * does not matter, and nothing without TLS.
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

/** One statement for each service, the same in whatever order the senders come. */
export function senderStatements(senders: readonly Senders[], aws: Pick<AwsContext, 'arn'>): QueueStatement[] {
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
