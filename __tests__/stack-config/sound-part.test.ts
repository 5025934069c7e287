import { Lazy } from 'cdktf';
import { SoundPart } from '../../modules/stack-config/sound-part';

const config = () => ({
  stackName: 'reports',
  tags: { team: 'a' },
  resources: {
    job: {
      type: 'batch-job',
      properties: { container: { packaging: 5 }, resources: { cpu: 'two' }, events: [1, 2, 3] },
    },
    shelf: { type: 'bucket' },
  },
});
const job = ['resources', 'job', 'properties'];

function cut(...paths: (readonly PropertyKey[])[]) {
  const sound = new SoundPart(config());
  expect(paths.map((path) => sound.cut(path))).toEqual(paths.map(() => true));
  return sound;
}

it('what is cut is missing, and the given config keeps it', () => {
  const given = config();
  const sound = new SoundPart(given);
  sound.cut(['tags', 'team']);
  sound.cut(['resources', 'shelf']);
  expect(sound.value).toEqual({ ...config(), tags: {}, resources: { job: config().resources.job } });
  expect(given).toEqual(config());
});

it('a value that is missing is cut with what it is missing in', () => {
  const sound = cut(['resources', 'shelf', 'properties', 'versioning']);
  expect(sound.value).toEqual({ ...config(), resources: { job: config().resources.job } });
  expect(sound.cuts).toEqual([
    ['resources', 'shelf', 'properties', 'versioning'],
    ['resources', 'shelf'],
  ]);
});

it('what a stack and a job must have is replaced, and the job is cut if that does not help', () => {
  const sound = cut(['stackName'], [...job, 'container', 'packaging'], [...job, 'resources']);
  expect(sound.value).toMatchObject({
    stackName: 'stack',
    resources: {
      job: { properties: { container: { packaging: { type: 'prebuilt-image' } }, resources: { cpu: 1, memory: 512 } } },
    },
  });
  sound.cut(job);
  sound.cut([...job, 'container']);
  expect(sound.value).toMatchObject({ resources: { shelf: {} } });
  expect(sound.value).not.toHaveProperty('resources.job');
});

it('other entries of a list have their indices of the config', () => {
  const sound = cut([...job, 'events', 1]);
  expect(sound.value).toMatchObject({ resources: { job: { properties: { events: [1, 3] } } } });
  expect(sound.written([...job, 'events', 0, 'type'])).toEqual([...job, 'events', 0, 'type']);
  expect(sound.written([...job, 'events', 1, 'type'])).toEqual([...job, 'events', 2, 'type']);
  expect(sound.isRenumbered).toBe(true);
  expect(cut(['tags']).isRenumbered).toBe(false);
});

it('there is nothing to cut at the root', () => {
  expect(new SoundPart(config()).cut([])).toBe(false);
  expect(new SoundPart('config').cut(['a'])).toBe(false);
});

it('instances of classes, such as tokens of CDKTF, stay as they are', () => {
  const token = Lazy.anyValue({ produce: () => 1 });
  const sound = new SoundPart({ overrides: { Vpc: { tags: token, count: 'two' } } });
  sound.cut(['overrides', 'Vpc', 'count']);
  expect(sound.value).toEqual({ overrides: { Vpc: { tags: token } } });
});
