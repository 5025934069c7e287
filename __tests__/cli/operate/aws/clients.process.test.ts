import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadedFiles } from '../../loaded-files';

const CONFIG = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } },
        resources: { cpu: 1, memory: 512 },
      },
    },
  },
};

describe('the clients of AWS', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'loaded-clients-'));
    writeFileSync(join(folder, 'batch-jobs.config.json'), JSON.stringify(CONFIG));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The files that a command has loaded at its end, of those that match. */
  function loadedBy(args: readonly string[], pattern: RegExp, env: NodeJS.ProcessEnv = {}): string {
    const { files } = loadedFiles(folder, args, env);
    return files.filter((file) => pattern.test(file)).join('\n');
  }

  it.each([
    [['--help']],
    [['info', '--help']],
    [['console', '--help']],
    [['schema']],
    [['synth']],
    [['local', '--help']],
  ])('are not loaded by %j, nor is the console', (args) => {
    expect(loadedBy(args, /@aws-sdk\/client-|\/cli\/console\//)).toBe('');
  });

  it('are not loaded by a console without --aws, nor is what synthesis needs', () => {
    const loaded = loadedBy(
      ['console'],
      /@aws-sdk\/client-|node_modules\/(cdktf|@cdktf|zod)\/|cli\/console\/server\/server/,
    );
    expect(loaded).toMatch(/^\S*\/cli\/console\/server\/server\.ts$/);
  });

  it('are not loaded by a command for runs on this machine', () => {
    expect(loadedBy(['runs', '--local'], /@aws-sdk\/client-|@cdktf\/provider-/)).toBe('');
  });

  it('are loaded by a command that asks AWS, and only those that it needs', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const loaded = loadedBy(['info', '--policy', 'read'], /@aws-sdk\/client-/, keys);
    expect(loaded).toContain('client-sts');
    expect(loaded).not.toMatch(/client-(sfn|batch|lambda|s3)/);
  });
});
