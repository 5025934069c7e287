import { removeFolders } from '../../folder';
import { refusals, result } from './job';

afterEach(removeFolders);

describe('a file that is no code', () => {
  it('is refused with the way out if nothing is known of its ending', () => {
    const files = { 'src/jobs/report.ts': "import './a.other';\n", 'src/jobs/a.other': '' };
    expect(refusals(files)).toEqual([
      expect.stringMatching(
        /report.ts:1:8: No loader is configured for "\.other" files.*\n-> add the file to includeFiles and read it with node:fs, or import it with \{ type: "text" \} or \{ type: "bytes" \}$/,
      ),
    ]);
  });

  it('is refused as a binary of the machine that bundles', () => {
    const files = { 'src/jobs/report.ts': "import './a.node';\n", 'src/jobs/a.node': '' };
    expect(refusals(files)).toEqual([
      expect.stringMatching(/^an import of "src\/jobs\/a\.node", a binary .*\n-> move the binary to a package/),
    ]);
  });
});

it("reports the bundler's warnings about the project's own files", () => {
  const made = result({
    'src/jobs/report.ts':
      "import 'plain';\ninterface A {\n  a: 1;\n}\nconsole.log(typeof process === 'nubmer');\neval('one');\nconsole.log(__dirname);\n",
    'node_modules/plain/index.js': "eval('1');\n",
    'node_modules/plain/package.json': '{}',
  });
  expect('context' in made && made.context.notes?.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^src\/jobs\/report\.ts:5:32: The "typeof" operator will never evaluate to "nubmer"/),
    expect.stringMatching(/^src\/jobs\/report\.ts:6:1: Using direct eval with a bundler is not recommended/),
  ]);
});
