import { jsonLiteral } from '../terraform-literal';

/** A statement of a queue's own policy: which service may send to it, and on whose behalf. */
export interface QueueStatement {
  /** Unique within the queue's policy: letters and digits. */
  readonly Sid: string;
  readonly Principal: { readonly Service: string };
  readonly Condition: { readonly [operator: string]: unknown };
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
