import { DefaultTokenResolver, StringConcat, Tokenization } from 'cdktf';
import type { IConstruct } from 'constructs';

/** A value with its tokens as Terraform expressions. Reading an attribute twice gives two tokens, but one expression. */
export function resolved<T>(scope: IConstruct, value: T): T {
  return Tokenization.resolve(value, {
    scope,
    resolver: new DefaultTokenResolver(new StringConcat()),
    preparing: false,
  });
}
