import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Fills in a value's tokens and Terraform's expressions. */
export type Fill = <T>(value: T) => T;

/** A value with its tokens as Terraform's expressions. */
export function resolved<T>(scope: IConstruct, value: T): T {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}
