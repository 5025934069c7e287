import { resolve } from 'node:path';
import { buildSync } from 'esbuild';

const SOURCE_ROOT = resolve(__dirname, '../../..');

let bundle: string | undefined;

/** The program before a JavaScript job as one file: the same bytes from every checkout. Built once in a process. */
export function startBundle(): string {
  bundle ??= build();
  return bundle;
}

function build(): string {
  const { outputFiles } = buildSync({
    absWorkingDir: SOURCE_ROOT,
    entryPoints: ['modules/container/resolver/start.ts'],
    bundle: true,
    minify: true,
    platform: 'node',
    // The oldest version that a job may ask for.
    target: 'node16',
    format: 'cjs',
    charset: 'utf8',
    // Both keep the notice that the licence of what is bundled asks for; aws4's own file carries none.
    legalComments: 'eof',
    banner: { js: '/*! Contains aws4, (c) 2013 Michael Hart, MIT licence: github.com/mhart/aws4 */' },
    // A tsconfig.json above the checkout must not have a say.
    tsconfigRaw: {},
    write: false,
    logLevel: 'silent',
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error('esbuild built no file for the start of jobs.');
  return file.text;
}
