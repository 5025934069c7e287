import { describeWith } from '../../e2e/engines/availability';
import { podmanCommandAvailable } from '../../e2e/engines/podman';
import { type PodmanStorage, podmanStorage } from '../../e2e/engines/podman-storage';
import { containerEnds } from './containers/ends';
import { containerSettings } from './containers/settings';
import { IMAGE } from './containers/submitted';
import { wholeProgram } from './containers/whole-program';
import { OWN } from './whole-program';

// One file, because its parts share an image: making it takes longer than most of their tests.
describeWith([podmanCommandAvailable()], 'a local run in real containers of Podman', () => {
  const before = { ...process.env };
  let storage: PodmanStorage;

  beforeAll(async () => {
    storage = await podmanStorage();
    Object.assign(process.env, storage.variables);
    await storage.nodeImage(IMAGE, OWN === 'arm64' ? 'arm64' : 'amd64');
  });

  afterAll(async () => {
    await storage?.dispose();
    process.env = { ...before };
  });

  afterEach(async () => expect(await storage.podman('ps', '--all', '--quiet')).toBe(''));

  containerSettings();
  containerEnds(() => storage);
  wholeProgram(() => storage);
});
