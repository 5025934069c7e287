import { readdirSync } from 'node:fs';

/** Paths below this folder of the tests of all sources, without those of whole deployments. */
export function testFiles(): string[] {
  return readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.test.ts') && !/^(e2e|fixtures)\//.test(path));
}
