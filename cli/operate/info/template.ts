import { templateParts } from '../../../modules/terraform/template';

/** Values with Terraform's references, compared with what AWS has. A reference whose resource has no name here matches anything. */
export class Template {
  /** @param names of resources, by the start of a reference to them: `aws_batch_job_queue.<id>` */
  constructor(private readonly names: ReadonlyMap<string, string>) {}

  /** Whether a text of AWS is the expected one. */
  matches(expected: string, text: string): boolean {
    const pattern = templateParts(expected).map((part) => {
      if ('text' in part) return escaped(part.text);
      const name = this.nameOf(part.expression);
      // An ARN or a URL ends with the name of its resource.
      return name === undefined ? '.*' : `(?:.*[:/])?${escaped(name)}`;
    });
    return new RegExp(`^${pattern.join('')}$`, 's').test(text);
  }

  /** An expected text to print: names for references, `...` for what only Terraform knows. */
  text(expected: string): string {
    return templateParts(expected)
      .map((part) => ('text' in part ? part.text : (this.nameOf(part.expression) ?? '...')))
      .join('');
  }

  /** Whether a value of AWS has everything that is expected. */
  covers(expected: unknown, value: unknown): boolean {
    if (typeof expected === 'string') return typeof value === 'string' && this.matches(expected, value);
    if (Array.isArray(expected)) {
      return (
        Array.isArray(value) &&
        value.length === expected.length &&
        expected.every((item, index) => this.covers(item, value[index]))
      );
    }
    if (typeof expected !== 'object' || expected === null) return expected === value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const [wanted, is] = [Object.entries(expected), value as { readonly [key: string]: unknown }];
    return wanted.length === Object.keys(is).length && wanted.every(([key, item]) => this.covers(item, is[key]));
  }

  private nameOf(expression: string): string | undefined {
    const [type, id] = expression.split('.');
    return this.names.get(`${type}.${id}`);
  }
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
