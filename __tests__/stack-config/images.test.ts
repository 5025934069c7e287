import { indexed } from '../../modules/config/indexed-config';
import { images } from '../../modules/stack-config/images';

const job = (container: unknown) => ({ type: 'batch-job', properties: { container } });
const packaged = (properties: unknown) => job({ packaging: { type: 'prebuilt-image', properties } });

it('finds the image of each job, with its packaging and its path', () => {
  const resources = {
    a: packaged({ image: 'busybox:1.37' }),
    inbox: { type: 'sqs-queue' },
    b: packaged({ image: 'alpine' }),
  };
  const at = (name: string) => ['resources', name, 'properties', 'container', 'packaging', 'properties', 'image'];
  expect(images(indexed({ resources }))).toEqual([
    { image: 'busybox:1.37', path: at('a'), packaging: 'prebuilt-image' },
    { image: 'alpine', path: at('b'), packaging: 'prebuilt-image' },
  ]);
});

it.each([
  ['no image', packaged({})],
  ['an image that is no text', packaged({ image: 5 })],
  ['no packaging', job({})],
  ['a container that is no object', job('busybox')],
])('finds none in a job with %s', (_, a) => {
  expect(images(indexed({ resources: { a } }))).toEqual([]);
});
