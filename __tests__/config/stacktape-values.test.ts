import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expandDirectives } from '../../modules/config/custom-directives';
import { sourceOf } from '../../modules/config/stacktape-values';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'stacktape-values-'));
  const files = {
    'a.json': '{"size":{"cpu":2}}',
    'a.yml': 'list: [one, two]\n',
    'a.yaml': 'x: 1\n',
    'a.txt': 'text\n',
    'a.ini': '; prices\nbase=2\n[spring]\nfactor=1.5\nopen=true\n',
    '.env': '# keys\nexport SIZE=3\nNAME=\'a b\' # of it\nLINES="a\\nb"\n',
    '.env.production': 'SIZE=9\n',
    'live.env': 'SIZE=4\n',
  };
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, 'broken.json'), '{');
  writeFileSync(join(folder, 'broken.yml'), 'a: [');
  mkdirSync(join(folder, 'folder.json'));
});

afterAll(() => rmSync(folder, { recursive: true }));

const expanded = (config: unknown) => expandDirectives(config, folder);

it.each<[object, unknown]>([
  [{ a: '$Var().size', variables: { size: 3 } }, { a: 3 }],
  [{ a: '$Var().tags', variables: { tags: { team: 'a' } } }, { a: { team: 'a' } }],
  [{ a: '$Var().list[1]', variables: { list: [1, 2] } }, { a: 2 }],
  [{ a: 1, variables: { unused: 3 } }, { a: 1 }],
  [
    { a: '$This().b.c', b: { c: 'text' } },
    { a: 'text', b: { c: 'text' } },
  ],
  [
    { region: 'eu-west-1', a: '$This().b', b: '$Region()' },
    { region: 'eu-west-1', a: 'eu-west-1', b: 'eu-west-1' },
  ],
  [
    { region: 'r', a: '$Var().b', variables: { b: ['$Var().c', { d: '$Region()' }], c: 1 } },
    { region: 'r', a: [1, { d: 'r' }] },
  ],
  [
    { a: "$Format('{}-{}', $Var().b, $This().c)", c: 'd', variables: { b: 'x' } },
    { a: 'x-d', c: 'd' },
  ],
  [{ a: "$File('a.json').size.cpu" }, { a: 2 }],
  [
    { a: "$File('a.yml').list[0]", b: "$File('a.yaml')" },
    { a: 'one', b: { x: 1 } },
  ],
  [
    { a: "$File('a.ini')", b: "$File('a.ini').spring.factor" },
    { a: { base: '2', spring: { factor: '1.5', open: true } }, b: '1.5' },
  ],
  [
    { a: "$File('.env')", b: "$File('.env').NAME" },
    { a: { SIZE: '3', NAME: 'a b', LINES: 'a\nb' }, b: 'a b' },
  ],
  [
    { a: "$File('.env.production').SIZE", b: "$File('live.env').SIZE" },
    { a: '9', b: '4' },
  ],
  [{ a: "$FileRaw('a.txt')" }, { a: 'text\n' }],
  [{ a: '$Var().b', variables: { b: "$ResourceParam('c', 'arn')" } }, { a: "$ResourceParam('c', 'arn')" }],
])('%j is %j', async (config, value) => {
  expect(await expanded(config)).toEqual({ value, findings: [] });
});

it.each<[object, string, string]>([
  [{ a: '$Var().x' }, '"$Var().x", and the config has no variables', 'add it to variables, or write the value itself'],
  [{ a: '$Var().sise', variables: { size: 1 } }, '"$Var().sise", where "sise" is missing', 'did you mean "size"?'],
  [{ a: '$Var()', variables: { size: 1 } }, '"$Var()"', 'write the name of the value after it: $Var().<name>'],
  [{ a: "$Var('size')", variables: { size: 1 } }, '"$Var(\'size\')"', 'write $Var().size'],
  [{ a: '$This()' }, '"$This()"', 'write the name of the value after it: $This().<name>'],
  [{ a: '$This().a' }, '"$This().a", whose value contains it', 'write the value itself'],
  [
    { a: '$Var().b', variables: { b: '$Var().c', c: { d: '$Var().b' } } },
    '"$Var().b", whose value contains it',
    'write the value itself',
  ],
  [
    { a: '$Var().b', variables: { b: '$Stage()' } },
    '"$Stage()", and the variable STAGE is not set',
    'set the variable STAGE, such as STAGE=production',
  ],
  [
    { a: "$File('gone.json')" },
    '"$File(\'gone.json\')", and there is no file gone.json',
    "create it; the path is relative to the config's folder",
  ],
  [
    { a: "$FileRaw('folder.json')" },
    '"$FileRaw(\'folder.json\')", and there is no file folder.json',
    "create it; the path is relative to the config's folder",
  ],
  [
    { a: "$File('a.txt')" },
    '"$File(\'a.txt\')"',
    'use $FileRaw for its text, or add a directive with a function that parses it to directives',
  ],
  [{ a: "$File('.env').SISE" }, '"$File(\'.env\').SISE", where "SISE" is missing', 'did you mean "SIZE"?'],
  [{ a: '$File()' }, '"$File()"', "write $File('<path>')"],
  [{ a: "$FileRaw('a.txt', 'b')" }, "\"$FileRaw('a.txt', 'b')\"", "write $FileRaw('<path>')"],
])('%j is refused', async (config, found, fix) => {
  const { STAGE } = process.env;
  delete process.env.STAGE;
  const { findings } = await expanded(config);
  if (STAGE !== undefined) process.env.STAGE = STAGE;
  expect(findings).toMatchObject([{ path: ['a'], finding: { found, fix } }]);
});

it.each(['broken.json', 'broken.yml'])('%s is to be corrected', async (file) => {
  const { findings } = await expanded({ a: `$File('${file}')` });
  expect(findings).toMatchObject([{ finding: { fix: `correct ${file}` } }]);
});

it('variables that are none stay, and are refused later', async () => {
  expect((await expanded({ variables: ['a'] })).value).toEqual({ variables: ['a'] });
});

it('other directives have no source', () => {
  expect(sourceOf('$Stage()', { config: {}, variables: {}, baseDir: folder })).toBeUndefined();
});
