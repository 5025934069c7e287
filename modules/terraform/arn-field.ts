import { Fn } from 'cdktf';

/** Positions of the fields in an ARN: `arn:<partition>:<service>:<region>:<account>:<resource>`. */
const FIELDS = { partition: 1, region: 3, account: 4 } as const;

/** A field of every ARN of a resource in an account and region. */
export type ArnField = keyof typeof FIELDS;

/** An expression that has Terraform read a field of an ARN. */
export function arnField(arn: string, field: ArnField): string {
  return Fn.element(Fn.split(':', arn), FIELDS[field]);
}

/** The field that an expression of {@link arnField} reads. Undefined for any other expression. */
export function readField(expression: string): ArnField | undefined {
  const index = /^element\(split\(":", .*\), (\d)\)$/.exec(expression)?.[1];
  return (Object.keys(FIELDS) as ArnField[]).find((field) => String(FIELDS[field]) === index);
}
