/** Evaluates to an empty string, and separates its neighbors. */
export const NOTHING = '%{if true}%{endif}';

/** Escapes, expressions, and what `literal` writes between a `$` and an expression. Braces and quotes in expressions are in pairs. */
const PART = new RegExp(
  String.raw`([$%])\1\{|${NOTHING.replace(/[{}]/g, '\\$&')}|\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}`,
  'g',
);

/** A part of a string of a synthesized stack: text without escapes, or an expression of Terraform. */
export type TemplatePart = { readonly text: string } | { readonly expression: string };

/** The parts of a string of a synthesized stack. Texts are not empty, and no two of them are next to each other. */
export function templateParts(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let text = '';
  let end = 0;
  const close = () => {
    if (text !== '') parts.push({ text });
    text = '';
  };
  for (const { 0: whole, 1: sign, 2: expression, index } of template.matchAll(PART)) {
    text += template.slice(end, index);
    end = index + whole.length;
    if (sign !== undefined) text += `${sign}{`;
    if (expression === undefined) continue;
    close();
    parts.push({ expression: expression.trim() });
  }
  text += template.slice(end);
  close();
  return parts;
}

/** A string of a synthesized stack with values for its expressions. */
export function filledTemplate(template: string, value: (expression: string) => string): string {
  return templateParts(template)
    .map((part) => ('text' in part ? part.text : value(part.expression)))
    .join('');
}

/** An attribute of a resource or data source that an expression reads, or a part of one. */
export interface AttributeReference {
  readonly isData: boolean;
  readonly type: string;
  readonly id: string;
  /** `aws_sqs_queue.inbox`, `data.aws_region.here` */
  readonly address: string;
  /** The attribute, and keys and indices in it: `endpoint`, `0`, `address`. */
  readonly path: readonly [attribute: string, ...rest: string[]];
}

/** `a.b.c`, `data.a.b.c`, `a.b.c[0].d`, `a.b.c.0.d` */
const ATTRIBUTE = /^((data\.)?([a-z][a-z0-9_]*)\.([\w-]+))\.(\w+(?:\.\w+|\[\d+\])*)$/;

/** The attribute that an expression reads. Undefined if it does more. */
export function attributeReference(expression: string): AttributeReference | undefined {
  const [, address, data, type = '', id = '', path = ''] = ATTRIBUTE.exec(expression) ?? [];
  if (address === undefined) return undefined;
  const [attribute = '', ...rest] = path.split(/[.[\]]+/).filter((key) => key !== '');
  return { isData: data !== undefined, type, id, address, path: [attribute, ...rest] };
}

/**
 * The document in an attribute that has JSON, such as a policy, with its expressions as strings. Undefined if it is none. The attribute is
 * read because that is what Terraform gets: `overrides` and `transform` can have changed the document.
 *
 * CDKTF writes expressions into a document as they are, so that quotes in them end the string for readers of JSON.
 */
export function templateDocument(text: unknown): unknown {
  if (typeof text !== 'string') return undefined;
  return parsed(text) ?? parsed(text.replace(PART, (part) => JSON.stringify(part).slice(1, -1)));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
