import { packaging } from '../../modules/config/packaging';
import type { ImageBuilds } from '../../modules/container/builder/image-builds';
import { containerImage } from '../../modules/container/container-image';

const never = (): ImageBuilds => {
  throw new Error('nothing has to be built');
};

describe('containerImage', () => {
  it('makes the image of a packaging, and no builder for one that is built elsewhere', () => {
    const given = packaging.parse({ type: 'prebuilt-image', properties: { image: 'busybox' } });
    expect(containerImage(given, { partition: 'aws', job: 'nightly', builds: never })).toEqual({
      image: 'busybox',
      pullStatements: [],
    });
  });

  it('fails without the context of an image that has to be built', () => {
    const given = packaging.parse({ type: 'custom-dockerfile', properties: { buildContextPath: '.' } });
    expect(() => containerImage(given, { partition: 'aws', job: 'nightly', builds: never })).toThrow(
      'no context for packaging of type custom-dockerfile',
    );
  });
});
