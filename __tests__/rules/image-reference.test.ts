import { IMAGE_REFERENCE, imageMeant } from '../../modules/rules/image-reference';

const DIGEST = `sha256:${'0a'.repeat(32)}`;

it.each([
  'busybox',
  'busybox:1.37',
  'org/my_job__x.y-z--a:V1_2.3-rc',
  'public.ecr.aws/docker/library/busybox:1.37',
  '123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/job:latest',
  `123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/job@${DIGEST}`,
  'localhost:5000/job',
  'Registry.Example.com:8443/job',
  `busybox:1.37@${DIGEST}`,
])('%s is an image', (image) => {
  expect(IMAGE_REFERENCE.test(image)).toBe(true);
});

it.each([
  ['my image', 'my-image'],
  [' busybox ', 'busybox'],
  ['https://public.ecr.aws/a/b:1', 'public.ecr.aws/a/b:1'],
  ['docker://busybox', 'busybox'],
  ['https://hub.docker.com/_/busybox', 'busybox'],
  ['https://hub.docker.com/r/Org/job', 'org/job'],
  ['docker pull ghcr.io/a/b', 'ghcr.io/a/b'],
  ['MyOrg/Job:V1', 'myorg/job:V1'],
  ['busybox:', 'busybox'],
  ['busybox/', 'busybox'],
  ['', undefined],
  ['busybox:a b', undefined],
  ['busybox@sha256:123', undefined],
  ['a//b', undefined],
  ['-job', undefined],
  [`a/${'b'.repeat(255)}`, undefined],
])('%j is none, and means %j', (text, meant) => {
  expect(IMAGE_REFERENCE.test(text)).toBe(false);
  expect(imageMeant(text)).toBe(meant);
});
