import type { AwsRequest } from './aws-request';

/** An IAM policy of Allow statements, as far as the policies of this project go. */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Statement: readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
}

/**
 * Whether a policy allows a request.
 *
 * @throws Error if the policy has something that is not judged here, because whatever it means would pass unseen
 */
export function allows(policy: PolicyDocument, request: AwsRequest): boolean {
  const { copied, ...context } = request.context;
  const allowed = policy.Statement.some((statement) => {
    if (statement.Effect !== 'Allow') throw new Error(`Only Allow statements are judged, and not ${statement.Effect}.`);
    return (
      list(statement.Action).some((pattern) => matches(pattern.toLowerCase(), request.action.toLowerCase())) &&
      list(statement.Resource).some((pattern) => pattern === '*' || matches(pattern, request.resource)) &&
      conditionsHold(statement.Condition ?? {}, context)
    );
  });
  if (!allowed || copied === undefined) return allowed;
  return allows(policy, { ...request, action: 's3:GetObject', resource: `arn:aws:s3:::${copied}`, context });
}

function conditionsHold(
  conditions: NonNullable<Statement['Condition']>,
  context: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) => {
    if (!/^(String|Arn)(Equals|Like)$/.test(operator)) throw new Error(`The condition ${operator} is not judged.`);
    return Object.entries(keys).every(([key, values]) => {
      const value = context[key];
      const isExact = operator === 'StringEquals';
      return value !== undefined && list(values).some((one) => (isExact ? one === value : matches(one, value)));
    });
  });
}

/** IAM's wildcards: any characters, and one character. */
function matches(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
