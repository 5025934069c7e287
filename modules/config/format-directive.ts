import { foundValue } from '../problems/found';
import type { Finding } from '../problems/problem';
import {
  directiveText,
  isAccountId,
  isDirective,
  type Outcome,
  parseCfResourceParam,
  parseDirective,
  parseResourceParam,
} from './directive';
import { type WrittenCall, writtenCall } from './written-call';

/** A part of a format: text, or a directive whose value only the deployed stack has. */
export type FormatPart = { readonly text: string } | { readonly directive: string };

/** Whether a string is Stacktape's `$Format('{}-{}', ...)` or `$CfFormat('{}-{}', ...)`, well-formed or not. Here, both mean the same. */
export function isFormat(text: string): boolean {
  return /^\$(Cf)?Format\(/.test(text);
}

/** The call in a string that {@link isFormat}. Undefined if its quotes or parentheses don't match. */
export function formatCall(text: string): WrittenCall | undefined {
  return writtenCall(text.replace(QUOTED, '$1'));
}

/** Directives in quotes: what the function `$CfFormat` of Stacktape's package writes. */
const QUOTED = /'((?:,?\$[A-Za-z]\w*\('[^'()]*'(?:,\s*'[^'()]*')*\))+)'(?=\s*[,)])/g;

/**
 * The parts of a format, in which each `{}` of the first argument stands for the value of a further one, in their order. Undefined for
 * another string, and for a format that has a problem.
 */
export function parseFormat(text: string): readonly FormatPart[] | undefined {
  const call = isFormat(text.trimStart()) ? formatCall(text) : undefined;
  return call && partsOf(call);
}

function partsOf({ args: [written = '', ...values], after }: WrittenCall): readonly FormatPart[] | undefined {
  const pattern = literal(written);
  if (typeof pattern !== 'string' || INSIDE.test(pattern) || after !== '') return undefined;
  const between = pattern.split('{}');
  const parts = values.map(valueParts);
  if (between.length !== parts.length + 1 || parts.includes(undefined)) return undefined;
  return between.flatMap((text, index) => [{ text }, ...(parts[index] ?? [])]).filter(isNotEmpty);
}

function isNotEmpty(part: FormatPart): boolean {
  return !('text' in part) || part.text !== '';
}

function valueParts(written: string): readonly FormatPart[] | undefined {
  if (isFormat(written)) return parseFormat(written);
  const isDeployed =
    parseResourceParam(written) !== undefined || parseCfResourceParam(written) !== undefined || isAccountId(written);
  if (isDeployed) return [{ directive: written }];
  const value = literal(written);
  return value === undefined || value === null ? undefined : [{ text: String(value) }];
}

function literal(written: string) {
  return parseDirective(`$Value(${written})`)?.args[0];
}

/** The directives in a format whose values only the deployed stack has. None for another string. */
export function formatDirectives(text: string): string[] {
  return parseFormat(text)?.flatMap((part) => ('directive' in part ? [part.directive] : [])) ?? [];
}

/** The text of a format. The format itself if a part of it is known only to the deployed stack, or is refused as a directive. */
export function formatted(text: string): Outcome {
  const finding = formatProblem(text);
  if (finding !== undefined) return { finding };
  const parts = parseFormat(text) ?? [{ directive: text }];
  const texts = parts.flatMap((part) => ('text' in part ? [part.text] : []));
  return { value: texts.length === parts.length ? texts.join('') : text };
}

/** The problem with the form of a format: it does not depend on the directives in it. */
export function formatProblem(text: string): Finding | undefined {
  const call = formatCall(text);
  if (call === undefined) return malformed(text);
  const [pattern = '', ...values] = call.args;
  if (INSIDE.test(pattern)) return inside(text);
  const formats = values.filter(isFormat).flatMap((inner) => formatProblem(inner) ?? []);
  // A directive is reported by itself.
  const args = [pattern, ...values.map((value) => (isDirective(value) ? "''" : value))];
  return formats[0] ?? (partsOf({ ...call, args }) === undefined ? malformed(text) : undefined);
}

/** The format of a text in which there are directives, or undefined: a directive within a longer text stays as it is. */
export function formatOf(text: string): string | undefined {
  const values = text.match(WITHIN) ?? [];
  const pattern = text.replace(WITHIN, '{}');
  const isOwn = values.length > 0 && pattern.split('{}').length === values.length + 1;
  const format = directiveText('Format', pattern).replace(/\)$/, `, ${values.join(', ')})`);
  return isOwn && !/\$\w+\(/.test(pattern) && parseFormat(format) !== undefined ? format : undefined;
}

/** A directive whose value only the deployed stack has. */
const WITHIN =
  /\$(?:Cf)?ResourceParam\(\s*(?:'[^'"()]*'|"[^'"()]*")\s*,\s*(?:'[^'"()]*'|"[^'"()]*")\s*\)|\$AwsAccountId\(\s*\)/g;

/** The directives of a format that can't be in one. */
export function foreignIn(text: string): string[] {
  const [, ...values] = formatCall(text)?.args ?? [];
  return values.flatMap((value) => {
    if (isFormat(value)) return foreignIn(value);
    return isDirective(value) && valueParts(value) === undefined ? [value] : [];
  });
}

/** A directive in the braces, which would stay as text. */
const INSIDE = /\{\w+\(/;

function malformed(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: "$Format('{}-{}', ...) with a string, number, true, false or directive for each {}",
    fix: 'write as many values as the first string has {}, strings in quotes, and nothing after the closing parenthesis',
  };
}

function inside(text: string): Finding {
  return {
    found: foundValue(text),
    accepted: '{} for each value',
    fix: "write {} instead of each directive, and the directives after the string: $Format('{}-x', $Stage())",
  };
}
