import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { blocksOf } from '../../docs-pages';
import type { AwsApi } from './aws-api';
import { writeZip } from './zip-file';

/** The code that the page has people put into the trigger function of their old stack. */
const CODE = () => blocksOf('docs/stacktape/move.md').find(({ language }) => language === 'js')?.code ?? '';

/**
 * Creates a function with the page's code, which passes its events on. The SDK, which Lambda has, is bundled with it.
 *
 * @param target the function that gets them
 * @returns the ARN of the one that passes them on
 */
export async function createForwarder(api: AwsApi, name: string, target: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'forwarder-'));
  try {
    const { outputFiles } = buildSync({
      stdin: { contents: CODE(), resolveDir: resolve(__dirname, '../../..') },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      write: false,
    });
    writeFileSync(join(folder, 'index.js'), outputFiles[0]?.contents ?? '');
    writeZip(join(folder, 'index.js'), join(folder, 'code.zip'));
    const { FunctionArn } = await api.rest<{ FunctionArn: string }>('lambda', 'POST', '/2015-03-31/functions', {
      FunctionName: name,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::123456789012:role/old',
      Timeout: 60,
      Environment: { Variables: { NEW_FUNCTION: target } },
      Code: { ZipFile: readFileSync(join(folder, 'code.zip')).toString('base64') },
    });
    return FunctionArn;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
