import { Token } from 'cdktf';
import { attributeReference, type TemplatePart, templateParts } from '../../../modules/terraform/template';
import type { Names } from './names';

/** Stands in for the number of the account, which synthesis does not know. */
export const THIS_ACCOUNT = '<account>';

/** Stands in for an expression that says nothing to people. */
const KNOWN_LATER = '<known at deployment>';

/** The attribute that a text begins with, and the parts of the text after it. */
export interface Reference {
  readonly address: string;
  readonly attribute: string;
  readonly rest: readonly TemplatePart[];
}

/** The reference that a text begins with. */
export function reference(text: string): Reference | undefined {
  const [first, ...rest] = templateParts(text);
  const found = first !== undefined && 'expression' in first ? attributeReference(first.expression) : undefined;
  return found && { address: found.address, attribute: found.path[0], rest };
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
    return this.joined(templateParts(template));
  }

  joined(parts: readonly TemplatePart[]): string {
    return parts.map((part) => ('text' in part ? part.text : this.expression(part.expression))).join('');
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
    const found = attributeReference(expression);
    if (found === undefined) return KNOWN_LATER;
    const [attribute] = found.path;
    if (found.isData) {
      if (found.type === 'aws_partition') return this.partition;
      if (found.type === 'aws_region') return this.region ?? '<region>';
      if (found.type === 'aws_caller_identity' && attribute === 'account_id') return THIS_ACCOUNT;
    }
    const name = this.names.of(found.address);
    return name === undefined ? KNOWN_LATER : `<${attribute.replaceAll('_', ' ')} of ${name}>`;
  }
}
