import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TerraformStack, TerraformVariable, Testing } from 'cdktf';
import { customDirectives, expandDirectives } from '../../modules/config/custom-directives';
import type { Finding } from '../../modules/problems/problem';
import { problemsWith } from '../stack-config/samples';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'custom-directives-')));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILES = {
  'named.ts': 'export function Twice(n: number): number { return 2 * n; }\nexport const Nothing = () => undefined;',
  'default.js': 'module.exports = (name) => `hello ${name}`;',
  'esm.mjs': 'export default async (a, b) => ({ list: [a, b, null] });',
  'fails.ts': "export function Fails(): never {\n  throw new Error('no network');\n}",
  'thrown.js': "exports.Thrown = () => { throw 'plain'; };",
  'broken.ts': "throw new Error('no settings');",
  'other.ts': 'export const something = 1;',
  'empty.js': '',
  'counts.js': 'let calls = 0; exports.Count = () => ++calls;',
  'again.js': 'exports.Again = () => "$Twice(1)";',
  'compiled.cjs': `Object.defineProperty(exports, '__esModule', { value: true });\nexports.helper = 1;\nexports.default = {};`,
  'whole.cjs': "module.exports = Object.assign(() => 'whole', { other: 1 });",
  'lone.cts': 'export const other = 1;',
  'several.ts':
    'let calls = 0;\nexport const getDomain = (stage: string) => ({ name: `${stage}.example.com`, ports: [80, 443], calls: ++calls });' +
    '\nexport default () => "default";\nexport const getPlain = () => 5;',
};

const DIRECTIVES = [
  { name: 'Twice', filePath: 'named.ts' },
  { name: 'Hello', filePath: './default.js' },
  { name: 'Pair', filePath: 'esm.mjs' },
  { name: 'Fails', filePath: 'fails.ts' },
  { name: 'Thrown', filePath: 'thrown.js' },
  { name: 'Nothing', filePath: 'named.ts' },
  { name: 'Broken', filePath: 'broken.ts' },
  { name: 'Other', filePath: 'other.ts' },
  { name: 'Empty', filePath: 'empty.js' },
  { name: 'Missing', filePath: 'missing.ts' },
  { name: 'Count', filePath: 'counts.js' },
  { name: 'Again', filePath: 'again.js' },
  { name: 'Compiled', filePath: 'compiled.cjs' },
  { name: 'Whole', filePath: 'whole.cjs' },
  { name: 'Lone', filePath: 'lone.cts' },
  { name: 'get_domain', filePath: 'several.ts:getDomain' },
  { name: 'Standard', filePath: './several.ts:default' },
  { name: 'getPlain', filePath: 'several.ts' },
  { name: 'Absent', filePath: 'several.ts:getDomian' },
  { name: 'NoDefault', filePath: 'named.ts:default' },
  { name: 'Gone', filePath: 'gone.ts:getDomain' },
  { name: 'Snake', filePath: 'directives.py:get_domain' },
  { name: 'toString', filePath: 'empty.js' },
  { name: 'constructor', filePath: 'counts.js' },
];

/** The values in a config by key, one at a time. */
const TEXTS = {
  number: '$Twice(21)',
  text: '$Hello("you")',
  nested: { in: ["$Hello('a')", 'plain', "$ResourceParam('a', 'arn')"] },
  object: "$Pair('a', true)",
  first: '$Count()',
  second: ' $Count()',
  again: '$Again()',
  whole: '$Whole()',
  failed: '$Fails()',
  thrown: '$Thrown()',
  nothing: '$Nothing()',
  malformed: '$Twice(x)',
  missing: '$Missing()',
  embedded: "x $Hello('a')",
  property: "$get_domain('dev').name",
  entry: "$get_domain('dev').ports[1]",
  dotted: "$get_domain('dev').ports.0",
  once: "$get_domain( 'dev' ).calls",
  standard: '$Standard()',
  noPart: "$get_domain('dev').nam",
  unlike: "$get_domain('dev').zzzzzz",
  tooDeep: '$getPlain().x.y',
};

interface Expanded {
  readonly value: { readonly [key in keyof typeof TEXTS]: unknown };
  readonly findings: { readonly path: (string | number)[]; readonly finding: Finding }[];
}

let expanded: Expanded;

beforeAll(async () => {
  for (const [file, text] of Object.entries(FILES)) writeFileSync(join(folder, file), text);
  expanded = (await expandDirectives({ directives: DIRECTIVES, ...TEXTS }, folder)) as typeof expanded;
});

it.each<[keyof typeof TEXTS, unknown]>([
  ['number', 42],
  ['text', 'hello you'],
  ['nested', { in: ['hello a', 'plain', "$ResourceParam('a', 'arn')"] }],
  ['object', { list: ['a', true, null] }],
  ['first', 1],
  ['second', 1],
  ['again', '$Twice(1)'],
  ['whole', 'whole'],
  ['failed', '$Fails()'],
  ['embedded', "x $Hello('a')"],
  ['property', 'dev.example.com'],
  ['entry', 443],
  ['dotted', 80],
  ['once', 1],
  ['standard', 'default'],
  ['noPart', "$get_domain('dev').nam"],
])('%s', (key, value) => {
  expect(expanded.value[key]).toEqual(value);
});

const RETURNS = 'a function that returns a string, a number, true, false, a list or an object';

it.each<[string, object]>([
  [
    'failed',
    {
      found: '"$Fails()", which failed: no network',
      accepted: RETURNS,
      fix: 'correct the function or its arguments',
    },
  ],
  ['thrown', { found: '"$Thrown()", which failed: plain', accepted: RETURNS }],
  ['nothing', { found: '"$Nothing()", which returned nothing', accepted: RETURNS, fix: 'return one of these' }],
  [
    'malformed',
    {
      found: '"$Twice(x)"',
      accepted: '$Twice(...) with arguments that are strings in quotes, numbers, true, false or null',
      fix: 'put strings and long numbers in quotes, and inside [ ] or { } of YAML the whole directive in double quotes',
    },
  ],
  [
    'noPart',
    {
      found: '"$get_domain(\'dev\').nam", where "nam" is missing',
      accepted: 'a part of the value: name, ports, calls',
      fix: 'did you mean "name"?',
    },
  ],
  ['unlike', { fix: 'use one of name, ports, calls' }],
  ['tooDeep', { accepted: 'no part: the value has none', fix: 'remove "x" and what follows it' }],
  ['missing', { found: '"$Missing()"', fix: 'correct the file of Missing under directives' }],
  [
    'directives.9.filePath',
    {
      found: 'no file at missing.ts',
      accepted: 'a TypeScript or JavaScript file that exports a function Missing',
      fix: "create it; the path is relative to the config's folder",
    },
  ],
  ['directives.6.filePath', { found: expect.stringMatching(/^no settings \(line 1 column \d+\)$/), fix: 'correct it' }],
  ['directives.7.filePath', { found: 'exports something', fix: 'write export function Other(...) in other.ts' }],
  ['directives.8.filePath', { found: 'no export' }],
  ['directives.12.filePath', { found: 'exports helper' }],
  ['directives.14.filePath', { found: 'exports other' }],
  [
    'directives.18.filePath',
    {
      found: 'exports getDomain, getPlain',
      accepted: 'a TypeScript or JavaScript file that exports a function getDomian',
      fix: 'write export function getDomian(...) in several.ts',
    },
  ],
  [
    'directives.19.filePath',
    {
      found: 'exports Nothing, Twice',
      accepted: 'a TypeScript or JavaScript file with a function as its default export',
      fix: 'write export default function(...) in named.ts',
    },
  ],
  ['directives.20.filePath', { found: 'no file at gone.ts' }],
  [
    'directives.21.filePath',
    {
      found: '"directives.py:get_domain"',
      fix: 'write the function in TypeScript or JavaScript, and name its file: directives.ts',
    },
  ],
  ['directives.22.filePath', { found: 'no export' }],
  ['directives.23.filePath', { found: 'exports Count' }],
])('what goes wrong at %s is found', (path, finding) => {
  const found = expanded.findings.filter((item) => item.path.join('.') === path);
  expect(found.map((item) => ({ ...item.finding, found: String(item.finding.found) }))).toMatchObject([finding]);
});

it('finds nothing else', () => {
  expect(expanded.findings).toHaveLength(20);
});

it.each([undefined, [], 'text', [{ name: 'x' }]])(
  'leaves a config alone whose directives are %j',
  async (directives) => {
    const config = { directives, text: '$Hello()' };
    const result = await expandDirectives(config, folder);
    expect(result).toEqual({ value: config, findings: [] });
    expect(result.value).toBe(config);
  },
);

it('leaves values alone that only Terraform knows', async () => {
  const variable = new TerraformVariable(new TerraformStack(Testing.app(), 'stack'), 'variable', {});
  const config = {
    directives: [{ name: 'A', filePath: 'nowhere.ts' }],
    token: variable.value,
    text: variable.stringValue,
  };
  const { value } = await expandDirectives(config, folder);
  expect((value as typeof config).token).toBe(config.token);
  expect((value as typeof config).text).toBe(config.text);
});

describe('the section', () => {
  it.each([
    [[{ name: '$Stage', filePath: 'a.ts' }], '[0].name: write Stage'],
    [[{ name: 'my stage', filePath: 'a.ts' }], '[0].name: use a name such as MyDirective'],
    [[{ name: 'Secret', filePath: 'a.ts' }], '[0].name: rename it: there is a built-in directive with this name'],
    [
      [
        { name: 'A', filePath: 'a.ts' },
        { name: 'A', filePath: 'b.ts' },
      ],
      '[1].name: remove or rename one of them',
    ],
    [[{ name: 'A' }], '[0].filePath: add it: it is required'],
  ])('%j is refused', (directives, problem) => {
    expect(problemsWith(customDirectives, directives).map(({ path, fix }) => `${path}: ${fix}`)).toEqual([problem]);
  });
});
