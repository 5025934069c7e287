import { jsonLiteral } from '../terraform/literal';

/** One statement of an IAM policy. */
export interface Statement {
  readonly Sid?: string;
  /** @default Allow */
  readonly Effect?: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly [operator: string]: unknown };
}

/** An IAM policy document as JSON for Terraform. */
export function policyDocument(statements: readonly Statement[]): string {
  return jsonLiteral({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ ...statement, Effect: statement.Effect ?? 'Allow' })),
  });
}

/** Lets a service assume a role. With a `condition`, only on behalf of the resources in it. */
export function trustPolicy(service: string, condition?: { readonly [operator: string]: unknown }): string {
  return jsonLiteral({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: service },
        Action: 'sts:AssumeRole',
        ...(condition && { Condition: condition }),
      },
    ],
  });
}
