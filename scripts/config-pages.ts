import { posix } from 'node:path';
import { type ConfigPage, GROUPS, pagesOf, type Row, type Section } from './config-sections';
import { bareSchema, type DocumentedProperty, documentedProperties } from './schema';
import { typeName } from './type-name';

export const CONFIG_FOLDER = 'docs/reference/config';

const MADE = '<!-- Made by `npm run docs` from the comments in the source of the schema: edit them there. -->';

/** The pages that list every property of the config, by path, from the schema and the doc comments of its source. */
export function configPages(titleOf: (page: string) => string | undefined): Map<string, string> {
  const pages = pagesOf(withoutDuplicates(documentedProperties(bareSchema({ units: true }))));
  return new Map([
    [`${CONFIG_FOLDER}/README.md`, index(pages)],
    ...pages.map((page): [string, string] => [`${CONFIG_FOLDER}/${page.name}.md`, pageText(page, pages, titleOf)]),
  ]);
}

/** Without the entries of a list if a single entry is accepted too: their properties are the same. */
function withoutDuplicates(properties: readonly DocumentedProperty[]): DocumentedProperty[] {
  const texts = new Map(properties.map(({ path, text }) => [path, text]));
  return properties.filter(
    ({ path, text }) => texts.get(path.replace(/\[\]\.(?!.*\[\])/, '.')) !== text || !path.includes('[].'),
  );
}

function index(pages: readonly ConfigPage[]): string {
  const lists = GROUPS.flatMap((group) => {
    const entries = pages.filter((page) => page.group === group);
    return [`## ${group}`, '', ...entries.map(link), ''];
  });
  return lines(
    '# Config reference',
    '',
    MADE,
    '',
    'Look up every property of a config: its type, its range, its default and what it does. Your editor shows the same descriptions.',
    '',
    'A property that is on none of these pages is an error. `<name>` stands for a name that you choose, and `[]` for each entry of a list.',
    '',
    ...lists,
    'See also: [Documentation](../../README.md), which lists all pages by task.',
  );
}

function link({ title, name }: ConfigPage): string {
  return `- [${title}](${name}.md)`;
}

function pageText(
  page: ConfigPage,
  pages: readonly ConfigPage[],
  titleOf: (page: string) => string | undefined,
): string {
  const title = titleOf(`docs/${page.guide}`);
  const guide = `[${title}](${posix.relative(CONFIG_FOLDER, `docs/${page.guide}`)})`;
  return lines(
    `# ${page.title}`,
    '',
    MADE,
    '',
    escaped(page.intro),
    '',
    ...page.sections.flatMap((section) => sectionLines(section, pages)),
    `See also: ${title === undefined ? '' : `${guide}, `}[Config reference](README.md).`,
  );
}

function sectionLines({ title, own, intro, rows }: Section, pages: readonly ConfigPage[]): string[] {
  const about = own === undefined ? [] : meaning(own, pages);
  return [
    `## ${escaped(title)}`,
    '',
    ...about,
    ...(intro === undefined ? [] : [escaped(intro), '']),
    ...rows.flatMap((row) => rowLines(row, pages)),
  ];
}

function rowLines({ name, property }: Row, pages: readonly ConfigPage[]): string[] {
  return [`### ${escaped(shown(name))}`, '', ...meaning(property, pages)];
}

function meaning(property: DocumentedProperty, pages: readonly ConfigPage[]): string[] {
  const types = pages.filter(({ typeOf }) => typeOf === property.path);
  const links = types.map(({ title, name }) => `[${title}](${name}.md)`).join(', ');
  return [typeLine(property), '', escaped(property.text), '', ...(links === '' ? [] : [`Types: ${links}.`, ''])];
}

/** `integer, 1 to 448 vCPUs, required`: what readers look for first. */
function typeLine({ node, required, default: value }: DocumentedProperty): string {
  const type = typeName(node);
  const sentence = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
  if (required) return `${sentence}, required.`;
  if (value === undefined) return `${sentence}, optional.`;
  return `${sentence}. Default: ${escaped(defaultOf(value, type))}.`;
}

/** Values in code, descriptions as they are. */
function defaultOf(value: string, type: string): string {
  return value === 'true' || value === 'false' || type.includes(`\`${value}\``)
    ? `\`${value}\``
    : value.replace(/\.$/, '');
}

function shown(path: string): string {
  return path.replaceAll('*', '<name>');
}

function escaped(text: string): string {
  const pieces = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(`[^`]*`)/);
  return pieces.map((piece) => (piece.startsWith('`') ? piece : piece.replaceAll('<', '&lt;'))).join('');
}

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}
