import { Token } from 'cdktf';
import type { Names } from './names';

/** Stands in for the number of the account, which synthesis does not know. */
export const THIS_ACCOUNT = '<account>';

/** Stands in for an expression that says nothing to people. */
const KNOWN_LATER = '<known at deployment>';

/** Terraform's escapes and expressions. Braces in expressions are in pairs. */
const TEMPLATE = /\$\$\{|%%\{|\$\{((?:[^{}]|\{[^{}]*\})*)\}/g;

/** The beginning of an attribute of a resource: `a.b.c`, `data.a.b.c[0].d`. */
const ATTRIBUTE = /^((?:data\.)?[a-z][a-z0-9_]*\.[\w-]+)\.(\w+(?:\.\w+|\[\d+\])*)$/;

/** A resource's attribute in an expression. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
}

/** The reference that a text begins with, and the text after it. */
export function reference(text: string): (Reference & { readonly rest: string }) | undefined {
  const [whole, expression] = /^\$\{((?:[^{}]|\{[^{}]*\})*)\}/.exec(text) ?? [];
  const [, address, attribute] = ATTRIBUTE.exec(expression?.trim() ?? '') ?? [];
  if (whole === undefined || address === undefined || attribute === undefined) return undefined;
  return { address, attribute, rest: text.slice(whole.length) };
}

/** Texts of a synthesized stack as people read them: names instead of expressions. */
export class Readable {
  /**
   * @param resolve makes expressions of CDKTF's tokens
   */
  constructor(
    private readonly names: Names,
    private readonly region: string | undefined,
    private readonly partition: string,
    private readonly resolve: (value: unknown) => unknown,
  ) {}

  /** A text of the Terraform document. */
  text(template: string): string {
    return template.replace(TEMPLATE, (match, expression?: string) => {
      if (expression === undefined) return match.slice(1);
      return this.expression(expression.trim());
    });
  }

  /** A value of the Terraform document, such as a list of instance types. */
  argument(value: unknown): string {
    if (Array.isArray(value)) return value.map((item) => this.argument(item)).join(', ');
    return typeof value === 'string' ? this.text(value) : this.value(value);
  }

  /** A value of the config, which a program can have given as a token. */
  value(value: unknown): string {
    if (Array.isArray(value)) return value.map((item) => this.value(item)).join(', ');
    if (Token.isUnresolved(value)) {
      const resolved = this.resolve(value);
      return typeof resolved === 'string' ? this.text(resolved) : JSON.stringify(resolved);
    }
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  private expression(expression: string): string {
    const [, address = '', attribute = ''] = ATTRIBUTE.exec(expression) ?? [];
    if (/^data\.aws_partition\./.test(address)) return this.partition;
    if (/^data\.aws_region\./.test(address)) return this.region ?? '<region>';
    if (/^data\.aws_caller_identity\./.test(address) && attribute === 'account_id') return THIS_ACCOUNT;
    const name = this.names.of(address);
    return name === undefined ? KNOWN_LATER : `<${attribute.replaceAll('_', ' ')} of ${name}>`;
  }
}
