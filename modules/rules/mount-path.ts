/** Folders of the system in a container. A mount over one of them hides what programs need. */
const SYSTEM = ['bin', 'boot', 'etc', 'lib', 'lib64', 'root', 'sbin', 'usr', 'var'];

/** Folders that the container engine mounts itself. */
const OF_ENGINE = ['dev', 'proc', 'sys'];

/** The form of a path in a container: absolute, normalized, without characters that container engines give a meaning. */
export const MOUNT_PATH = /^(\/(?!\.{1,2}(\/|$))[\w.@+-]+)+$/;

/** Why nothing can be mounted at a path of the right form. Undefined if it can. */
export function mountPathProblem(path: string): string | undefined {
  const [first = '', ...rest] = path.split('/').slice(1);
  if (path === '/dev/shm') return 'set resources.sharedMemoryMb for the size of /dev/shm';
  if (OF_ENGINE.includes(first)) return `use another path: the container engine mounts /${first} itself`;
  if (rest.length === 0 && SYSTEM.includes(first))
    return `use a path such as /data: a volume at ${path} hides the system's files there`;
  return undefined;
}
