import { packaging } from '../../modules/config/packaging';
import { containerImage } from '../../modules/container/container-image';

describe('containerImage', () => {
  it('makes the image of a packaging', () => {
    const given = packaging.parse({ type: 'prebuilt-image', properties: { image: 'busybox' } });
    expect(containerImage(given, 'aws')).toEqual({ image: 'busybox', pullStatements: [] });
  });

  it('fails for a type that nothing builds, which the config refuses before', () => {
    const given = packaging.parse({ type: 'custom-dockerfile', properties: { buildContextPath: '.' } });
    expect(() => containerImage(given, 'aws')).toThrow('no image for packaging of type custom-dockerfile');
  });
});
