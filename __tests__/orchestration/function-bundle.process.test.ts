import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../modules/orchestration/function-bundle';

const SOURCES = {
  'waits.ts': 'const n = await Promise.resolve(3);\nexport const handler = async () => n;\n',
  'common.cjs': "exports.handler = async () => require('node:os').EOL.length;\n",
};

it('modules run in Node.js: one that awaits at its top, and one that was CommonJS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'function-modules-'));
  try {
    for (const [file, source] of Object.entries(SOURCES)) {
      writeFileSync(join(folder, file), source);
      const bundle = bundleFunction(folder, file, { format: 'esm' });
      if ('problem' in bundle) throw new Error(JSON.stringify(bundle.problem));
      writeFileSync(join(folder, `${file}.mjs`), bundle.text);
    }
    const modules = JSON.stringify(Object.keys(SOURCES).map((file) => `./${file}.mjs`));
    const program = `for (const file of ${modules}) {
      const { default: common, handler = common.handler } = await import(file);
      console.log(await handler());
    }`;
    const given = ['--input-type=module', '-e', program];
    expect(execFileSync(process.execPath, given, { cwd: folder, encoding: 'utf8' })).toBe('3\n1\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
