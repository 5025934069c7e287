import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const COMMAND = resolve('cli/batch-jobs.ts');
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
    const listing = "Object.keys(require.cache).filter((file) => /@aws-sdk\\/client-/.test(file)).join('\\n')";
    const text = `process.on('exit', () => require('node:fs').writeFileSync('loaded', ${listing}));`;
    writeFileSync(join(folder, 'list-loaded.cjs'), text);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The clients that a command has loaded at its end. */
  function loadedBy(args: readonly string[], env: NodeJS.ProcessEnv = {}): string {
    const options = ['--require', join(folder, 'list-loaded.cjs'), '--import', require.resolve('tsx')];
    spawnSync(process.execPath, [...options, COMMAND, ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
    });
    return readFileSync(join(folder, 'loaded'), 'utf8');
  }

  it.each([[['--help']], [['info', '--help']], [['schema']], [['synth']], [['local', '--help']]])(
    'are not loaded by %j',
    (args) => {
      expect(loadedBy(args)).toBe('');
    },
  );

  it('are loaded by a command that asks AWS, and only those that it needs', () => {
    const keys = { AWS_ACCESS_KEY_ID: 'none', AWS_SECRET_ACCESS_KEY: 'none', AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };
    const loaded = loadedBy(['info', '--policy', 'read'], keys);
    expect(loaded).toContain('client-sts');
    expect(loaded).not.toMatch(/client-(sfn|batch|lambda|s3)/);
  });
});
