import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { batchJobsConfig } from '../modules/config/config';
import { parse } from '../modules/config/parse';
import { ConfigError } from '../modules/config/problem';
import { fenced, withPart } from './page-part';
import { recording, unvarying, withRecording } from './recording';
import { bareSchema, type DocumentedProperty, documentedProperties, type SchemaNode } from './schema';

const ROOT = join(__dirname, '..');

/** The pages that are made or have parts that are made, as paths from the project's folder, with their text as it should be; the README is a recording's. */
export function generatedPages(): Map<string, string> {
  const configModule = read('docs/reference/errors.md');
  return new Map([
    ['docs/reference/config/README.md', configPage()],
    ['docs/reference/errors.md', withPart(configModule, 'report', reportOf(configModule))],
  ]);
}

/** The report of the first config of a page that has mistakes. */
function reportOf(page: string): string {
  const configs = [...page.matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, json = '']) => JSON.parse(json));
  for (const config of configs) {
    try {
      parse(batchJobsConfig, config, 'reports.json');
    } catch (error) {
      if (error instanceof ConfigError) return fenced(error.message);
      throw error;
    }
  }
  throw new Error('the page has no config with mistakes');
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), 'utf8');
}

/** What a part of the config that comes in several types is called, by the last word of its path. */
const KINDS: Readonly<Record<string, string>> = {
  backend: 'Backend',
  resources: 'Resource',
  packaging: 'Packaging',
  events: 'Event',
  authorizer: 'Authorizer',
  logForwarding: 'Log forwarding',
};

/** A table of the page: the stack itself, or one type of a part that comes in several. */
interface Section {
  /** Path of the part; empty for the stack. */
  readonly prefix: string;
  readonly title: string;
  readonly intro: string;
  readonly rows: DocumentedProperty[];
}

/** The page that lists every property of the config, from the schema and the doc comments of its source. */
export function configPage(): string {
  const schema = bareSchema();
  const sections = sectionsOf(documentedProperties(schema));
  return [
    '# Every property of the config',
    '',
    'Made by `npm run docs` from the schema in `modules/config`: edit the comments there.',
    '',
    'In a path `<name>` is a name that you choose, and `[]` stands for each entry of a list. A property that is not on this page is',
    'an error. Examples are in the [README](../../../README.md) and on the [other pages](../../README.md).',
    '',
    ...sections.flatMap(sectionLines),
  ].join('\n');
}

function sectionsOf(properties: readonly DocumentedProperty[]): Section[] {
  const stack: Section = { prefix: '', title: 'The stack', intro: 'At the top of the config.', rows: [] };
  const sections = [stack];
  let open = [stack];
  for (const property of properties) {
    const { path, node } = property;
    if (path.endsWith('.type') && node.const !== undefined) {
      const section = typeSection(property);
      // A part of the same path is the part before this one in its list of types.
      open = [...open.filter(({ prefix }) => isWithin(path, prefix) && prefix !== section.prefix), section];
      sections.push(section);
    } else {
      open = open.filter(({ prefix }) => isWithin(path, prefix));
      open.at(-1)?.rows.push(property);
    }
  }
  return sections;
}

function isWithin(path: string, prefix: string): boolean {
  return prefix === '' || path.startsWith(`${prefix}.`);
}

function typeSection({ path, node, text }: DocumentedProperty): Section {
  const prefix = path.slice(0, -'.type'.length);
  const part =
    prefix
      .replace(/(\[\]|\.\*)$/, '')
      .split('.')
      .at(-1) ?? '';
  const type = String(node.const);
  const title = `${KINDS[part] ?? part} \`${type}\``;
  return { prefix, title, intro: `${text} In \`${shown(prefix)}\`, with \`type: '${type}'\`:`, rows: [] };
}

function sectionLines({ prefix, title, intro, rows }: Section): string[] {
  const table = rows.map(({ path, node, required, text, default: value }) => {
    const name = prefix === '' ? path : path.slice(prefix.length + 1);
    const standard = required ? 'required' : (value ?? '');
    return [`\`${shown(name)}\``, typeName(node), cell(standard), cell(text)];
  });
  if (table.length === 0) return [`## ${title}`, '', intro.replace(/:$/, '.'), ''];
  const head = [
    ['Property', 'Type', 'Default', 'Meaning'],
    ['---', '---', '---', '---'],
  ];
  return [`## ${title}`, '', intro, '', ...[...head, ...table].map((cells) => `| ${cells.join(' | ')} |`), ''];
}

function shown(path: string): string {
  return path.replaceAll('*', '<name>');
}

function cell(text: string): string {
  return text.replace(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('<', '&lt;').trim();
}

function typeName(node: SchemaNode & { readonly enum?: readonly unknown[] }): string {
  if (node.const !== undefined) return code(node.const);
  if (node.enum !== undefined) return node.enum.map(code).join(', ');
  const branches = node.oneOf ?? node.anyOf;
  if (branches?.some(({ properties }) => properties?.type?.const !== undefined)) return 'object, by `type`';
  if (branches !== undefined) return [...new Set(branches.map(typeName))].join(' or ');
  if (node.$ref !== undefined || node.type === undefined) return 'any JSON';
  return [node.type]
    .flat()
    .map((type) => simpleTypeName(type, node))
    .join(' or ');
}

function simpleTypeName(type: string, node: SchemaNode & { readonly minimum?: number; readonly maximum?: number }) {
  switch (type) {
    case 'array':
      return `list: ${node.items === undefined ? 'any JSON' : typeName(node.items)}`;
    case 'object':
      return typeof node.additionalProperties === 'object' ? `map: ${typeName(node.additionalProperties)}` : 'object';
    case 'integer':
    case 'number':
      return `${type === 'integer' ? 'whole number' : 'number'}${range(node)}`;
    case 'string':
      return 'text';
    case 'boolean':
      return '`true`, `false`';
    default:
      return type;
  }
}

function range({ minimum, maximum }: { readonly minimum?: number; readonly maximum?: number }): string {
  if (minimum === undefined) return '';
  const [from, to] = [minimum, maximum].map((limit) => limit?.toLocaleString('en-US'));
  return to === undefined ? `, ${from} or more` : `, ${from} to ${to}`;
}

function code(value: unknown): string {
  return `\`${String(value)}\``;
}

function main(): void {
  for (const [page, text] of generatedPages()) writeFileSync(join(ROOT, page), text);
  const readme = read('README.md');
  const recorded = withRecording(readme, recording());
  // Two recordings differ in times and identifiers, and one as good as the other is left.
  if (unvarying(readme) !== unvarying(recorded)) writeFileSync(join(ROOT, 'README.md'), recorded);
}

if (require.main === module) main();
