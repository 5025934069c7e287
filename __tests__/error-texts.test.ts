import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const ROOT = join(__dirname, '..');

/** Words that error texts don't use, and what they use instead. */
const TERMS: readonly [pattern: RegExp, instead: string][] = [
  [/\btime-outs?\b/i, 'timeout'],
  [/\bfor ever\b/i, 'indefinitely'],
  [/\bin place of\b/i, 'instead of'],
  [/\b(whatever|whichever)\b/i, 'say which'],
  [/\bof (its|their|your) own\b/i, 'custom, separate or own'],
  [/\ba text\b|\btexts\b/i, 'string'],
  [/\b(small|capital) letters\b/i, 'lowercase or uppercase letters'],
  [/\bdead letters\b/i, 'undelivered events'],
  [/\bbut for\b/i, 'except'],
];

/** Folders whose error texts follow the terms. */
const FOLDERS = [
  'cli',
  'job',
  'modules/access',
  'modules/cloudformation',
  'modules/compute',
  'modules/config',
  'modules/container/buildpack/javascript',
  'modules/logging',
  'modules/network',
  'modules/overrides',
  'modules/resources',
  'modules/rules',
  'modules/sums',
  'scripts',
  'triggers',
];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(ROOT, folder, file)),
);

/** The texts of a program that are sentences or parts of one. */
function textsOf(file: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const texts: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) texts.push(node.text);
    else if (ts.isTemplateExpression(node)) {
      texts.push([node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('\u2026'));
    } else ts.forEachChild(node, visit);
  };
  visit(source);
  return texts.filter((text) => text.includes(' '));
}

it('use the terms of the field', () => {
  const faults = FILES.flatMap((file) =>
    textsOf(file).flatMap((text) =>
      TERMS.filter(([pattern]) => pattern.test(text)).map(
        ([, instead]) => `${relative(ROOT, file)}: ${JSON.stringify(text)}: write ${instead}`,
      ),
    ),
  );
  expect(faults).toEqual([]);
});
