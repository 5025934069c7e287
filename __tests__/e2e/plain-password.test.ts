import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { AwsApi } from './engines/aws-api';
import { unexplainedChanges } from './engines/emulator-gaps';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';
import {
  type AppliedStack,
  describeWith,
  type ResourceChange,
  terraformAvailable,
  workspace,
} from './engines/terraform';
import { type SynthesizedStack, synthesize } from './synthesize';

/** With what templates of Terraform begin with, and what URLs encode. */
const [ORDERS, CACHE] = ['plain$%{o}${x}#1?', 'plain-cache-0123&#$'] as const;

const packaging = { type: 'prebuilt-image', properties: { image: 'busybox:1.37' } } as const;

function database(masterUserPassword: string) {
  return {
    type: 'relational-database',
    properties: { engine: { type: 'postgres' }, credentials: { masterUserPassword }, deletionProtection: false },
  } as const;
}

function job(...connectTo: string[]) {
  const properties = { container: { packaging }, resources: { cpu: 1, memory: 512 }, connectTo };
  return { type: 'batch-job' as const, properties };
}

function config(password: string): BatchJobsConfig {
  return {
    stackName: 'plain',
    region: 'eu-west-1',
    resources: { orders: database(password), import: job('orders') },
  };
}

function holders({ resources }: AppliedStack, password: string): string[] {
  const texts = [password, encodeURIComponent(password)].map((text) => JSON.stringify(text).slice(1, -1));
  const has = (values: unknown) => texts.some((text) => JSON.stringify(values).includes(text));
  return [...resources.values()].filter(({ values }) => has(values)).map(({ type }) => type);
}

describeWith([terraformAvailable()], 'passwords in plain text, with the real provider', () => {
  const cache = { type: 'redis-cluster', properties: { defaultUserPassword: CACHE } } as const;
  const echo = {
    type: 'function' as const,
    properties: {
      packaging: { type: 'stacktape-lambda-buildpack' as const, properties: { entryfilePath: 'fixtures/echo.ts' } },
      connectTo: ['orders', 'cache'],
    },
  };
  const resources = { orders: database(ORDERS), cache, import: job('orders', 'cache'), echo };
  const vpc = { privateSubnets: true } as const;
  const synthesized = synthesize({ stackName: 'plain', region: 'eu-west-1', vpc, resources });
  const copy = workspace(synthesized.dir);

  afterAll(() => {
    copy.dispose();
    synthesized.dispose();
  });

  it('are valid, once in the synthesized stack, and handed to their databases only', async () => {
    expect(await copy.validate()).toEqual([]);
    const json = readFileSync(join(synthesized.dir, 'cdk.tf.json'), 'utf8');
    expect(json.match(/plain\$[^"]*|plain-cache-0123[^"]*/g)).toHaveLength(2);
    const applied = await copy.mockApply();
    expect(holders(applied, ORDERS).sort()).toEqual(['aws_db_instance', 'aws_secretsmanager_secret_version']);
    expect(holders(applied, CACHE).sort()).toEqual([
      'aws_elasticache_replication_group',
      'aws_secretsmanager_secret_version',
    ]);
  });
});

describeWith([terraformAvailable(), emulatorAvailable()], 'a deployed database with a password in plain text', () => {
  let emulator: Emulator;
  let synthesized: SynthesizedStack;
  let copy: ReturnType<typeof workspace>;
  let api: AwsApi;

  beforeAll(async () => {
    emulator = await startEmulator();
    api = new AwsApi(emulator, 'eu-west-1');
    const secret = { Name: 'kept', SecretString: 'kept-elsewhere-0123', ClientRequestToken: 'a'.repeat(32) };
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', secret);
    synthesized = synthesize(config(ORDERS));
    copy = workspace(synthesized.dir, { emulator });
  });

  afterAll(async () => {
    copy?.dispose();
    synthesized?.dispose();
    await emulator?.stop();
  });

  /** What containers get of the connection string, which the job's state machine has written before each submission. */
  async function connectionString(): Promise<URL> {
    expect(await api.invoke('plain-import-strings')).toBe('null');
    const { SecretString } = await api.json<{ SecretString: string }>(
      'secretsmanager',
      'secretsmanager.GetSecretValue',
      { SecretId: 'plain-import-connection-strings' },
    );
    return new URL(JSON.parse(SecretString).STP_ORDERS_CONNECTION_STRING);
  }

  it('has it in its secret, complete connection strings, and no change in a second plan', async () => {
    const applied = await copy.apply();
    expect(holders(applied, ORDERS).sort()).toEqual(['aws_db_instance', 'aws_secretsmanager_secret_version']);
    expect(decodeURIComponent((await connectionString()).password)).toBe(ORDERS);
    expect(unexplainedChanges(await copy.planJson())).toEqual([]);
  });

  it.each([
    ['another one', 'plain-next-0123', 'plain-next-0123'],
    ['a secret', "$Secret('kept')", 'kept-elsewhere-0123'],
    ['plain text again', ORDERS, ORDERS],
  ])('changes to %s in place', async (_, text, password) => {
    const next = synthesize(config(text));
    try {
      const { resource_changes = [] } = await copy.planOf(next.dir);
      const actions = (type: string) =>
        resource_changes.filter((one: ResourceChange) => one.type === type).map(({ change }) => change.actions);
      expect(actions('aws_db_instance')).toEqual([['update']]);
      await copy.applyOf(next.dir);
      expect(decodeURIComponent((await connectionString()).password)).toBe(password);
      expect(unexplainedChanges(await copy.planJson())).toEqual([]);
    } finally {
      next.dispose();
    }
  });

  it('is destroyed and leaves nothing behind', async () => {
    await copy.destroy();
    expect((await copy.state()).resources.size).toBe(0);
  });
});
