import { AwsApi } from '../engines/aws-api';
import { type Deployment, deploy } from '../engines/deployment';
import { emulatorAvailable } from '../engines/ministack';
import { describeWith, type ResourceChange, terraformAvailable } from '../engines/terraform';
import { synthesize } from '../synthesize';
import { companions } from './companions';
import { jobs } from './jobs';
import type { Removal, Scene } from './scene';
import { sources } from './sources';

const SCENES: { readonly [name: string]: Scene } = { jobs, sources, companions };

/** What Terraform reads while it plans. */
async function createSecrets({ emulator }: Deployment): Promise<void> {
  const api = new AwsApi(emulator, 'eu-west-1');
  for (const Name of ['orders', 'logs']) {
    const SecretString = JSON.stringify({ password: 'kept-elsewhere-0123', api_key: 'kept-elsewhere-0123' });
    const ClientRequestToken = Name.padEnd(32, '0');
    await api.json('secretsmanager', 'secretsmanager.CreateSecret', { Name, SecretString, ClientRequestToken });
  }
}

/** Applies a scene's config to a separate emulator. */
async function deployed({ before }: Scene): Promise<Deployment> {
  const synthesized = synthesize(before);
  try {
    const deployment = await deploy(synthesized.dir);
    await createSecrets(deployment);
    return deployment;
  } finally {
    synthesized.dispose();
  }
}

/** What a plan takes away that is not in the list, and what is in the list and stays. */
function surprises(taken: readonly ResourceChange[], removals: readonly Removal[]): readonly string[] {
  const how = { delete: 'goes', 'create,delete': 'follows', 'delete,create': 'makes way' } as const;
  const found = taken.map(({ address, change }) => `${address} ${how[String(change.actions) as keyof typeof how]}`);
  const isListed = (text: string) => removals.some((one) => one.address.test(text) && text.endsWith(` ${one.how}`));
  const stays = removals.filter((one) => !found.some((text) => one.address.test(text)));
  return [...found.filter((text) => !isListed(text)), ...stays.map(({ address }) => `${address} stays`)];
}

describeWith([terraformAvailable(), emulatorAvailable()], 'a deployment', () => {
  const deployments = new Map<string, Deployment>();

  beforeAll(async () => {
    // Side by side, because each mostly waits: the provider sleeps after many creations. Those that stand go also if another failed.
    const deploying = Object.entries(SCENES).map(async ([name, scene]) => deployments.set(name, await deployed(scene)));
    const failed = (await Promise.allSettled(deploying)).find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  });

  afterAll(() => Promise.all([...deployments.values()].map((deployment) => deployment.dispose())));

  describe.each(Object.entries(SCENES))('%s', (scene, { changes }) => {
    it.each(changes)('removes only what is listed: $name', async ({ after, removals }) => {
      const { copy } = deployments.get(scene) as Deployment;
      const synthesized = synthesize(after);
      try {
        expect(surprises(await copy.removalsOf(synthesized.dir), removals)).toEqual([]);
      } finally {
        synthesized.dispose();
      }
    });
  });
});
