import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStackInMemory } from '../../../../cli/local/stacks/stack-in-memory';
import { completedConfig } from '../../../../modules/stack-config/completed-config';

const FOLDER = join(__dirname, '../../../../cli/local');

const job = {
  type: 'batch-job',
  properties: {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox:1' } } },
    resources: { cpu: 1, memory: 1024 },
  },
} as const;

describe('a stack in memory', () => {
  it('makes no file and no folder, so that a process can be killed at any time', () => {
    const before = [readdirSync(FOLDER), readdirSync(tmpdir())];
    const config = completedConfig({ stackName: 'in-memory', resources: { job } }, 'config.ts');
    createStackInMemory({ file: join(tmpdir(), 'config.ts'), config });
    expect([readdirSync(FOLDER), readdirSync(tmpdir())]).toEqual(before);
  });
});
