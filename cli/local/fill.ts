/** Fills in a value's tokens and Terraform's expressions. */
export type Fill = <T>(value: T) => T;
