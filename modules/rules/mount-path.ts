import { checkedPackaging } from './packaging-types';

/** Folders of the system in a container. A mount over one of them hides what programs need. */
const SYSTEM = ['bin', 'boot', 'etc', 'lib', 'lib64', 'root', 'sbin', 'usr', 'var'];

/** Folders of programs in folders of the system, in which other folders are fine. */
const PROGRAMS = [
  '/usr/bin',
  '/usr/lib',
  '/usr/lib64',
  '/usr/local',
  '/usr/local/bin',
  '/usr/local/lib',
  '/usr/local/sbin',
  '/usr/sbin',
  '/usr/share',
  '/usr/share/dotnet',
];

/** Folders that the container engine mounts itself. */
const OF_ENGINE = ['dev', 'proc', 'sys'];

/** The form of a path in a container: absolute, normalized, without characters that container engines give a meaning. */
export const MOUNT_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.@+-]+)+$/;

/** Why nothing can be mounted at a path of the right form. Undefined if it can. */
export function mountPathProblem(path: string): string | undefined {
  const [first = '', ...rest] = path.split('/').slice(1);
  if (path === '/dev/shm') return 'set resources.sharedMemoryMb for the size of /dev/shm';
  if (OF_ENGINE.includes(first)) return `use another path: the container engine mounts /${first} itself`;
  if ((rest.length === 0 && SYSTEM.includes(first)) || PROGRAMS.includes(path))
    return `use a path such as /data: a volume at ${path} hides the system's files there`;
  return undefined;
}

/** Folders of images that this project builds, which have the programs that the container runs. */
const OF_IMAGES: { readonly [packaging: string]: readonly string[] } = {
  'stacktape-image-buildpack': ['/app', '/opt/java', '/opt/stp'],
  // https://buildpacks.io/docs/for-platform-operators/concepts/build/
  'external-buildpack': ['/cnb', '/layers', '/workspace'],
};

/** The folder of an image that a volume would hide, by the type of the image's packaging. Undefined if it hides none. */
export function hiddenFolder(path: string, packaging: unknown): string | undefined {
  const type = typeof packaging === 'string' ? checkedPackaging(packaging) : '';
  if (!Object.hasOwn(OF_IMAGES, type)) return undefined;
  return OF_IMAGES[type]?.find((folder) => `${folder}/`.startsWith(`${path}/`));
}
