/** A value in AWS Secrets Manager, which no document of the stack holds. */
export interface SecretReference {
  /** What ECS asks for: the secret's ARN, and for one key of a JSON secret `:<key>::` after it. */
  readonly valueFrom: string;
  /** The secret in IAM's terms. */
  readonly resource: string;
}
