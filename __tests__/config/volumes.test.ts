import { volumes } from '../../modules/config/volumes';
import { problemsWith, tokens } from '../stack-config/samples';

const efs = (more: object) => ({
  type: 'efs',
  properties: { efsFilesystemName: 'files', mountPath: '/data', ...more },
});

describe('volumes', () => {
  it('have defaults', () => {
    expect(volumes.parse([efs({}), { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 64 } }])).toEqual([
      {
        type: 'efs',
        properties: {
          efsFilesystemName: 'files',
          mountPath: '/data',
          rootDirectory: '/shared',
          readOnly: false,
          uid: 1000,
          gid: 1000,
          permissions: '0755',
        },
      },
      { type: 'tmpfs', properties: { mountPath: '/tmp', sizeMb: 64 } },
    ]);
  });

  it.each(['/data', '/mnt/a-b_c.d', '/var/cache', '/home/node/@x+y', '/usr/share/nginx/html', '/usr/local/data'])(
    'can be at %s',
    (mountPath) => {
      expect(problemsWith(volumes, [efs({ mountPath })])).toEqual([]);
    },
  );

  it.each([
    ['data', 'write /data'],
    ['/data/', 'write /data'],
    ['/a//b', 'write /a/b'],
    ['/a/./b', 'write /a/b'],
    ['/', 'write a path such as /data'],
    ['', 'write a path such as /data'],
    ['/a/../b', 'write a path such as /data'],
    ['/a b', 'write a path such as /data'],
    ['/a:b', 'write a path such as /data'],
    ['/a,b', 'write a path such as /data'],
    ['/dev/shm', 'set resources.sharedMemoryMb for the size of /dev/shm'],
    ['/proc/x', 'use another path: the container engine mounts /proc itself'],
    ['/usr/local', "use a path such as /data: a volume at /usr/local hides the system's files there"],
    ['/usr/lib', "use a path such as /data: a volume at /usr/lib hides the system's files there"],
    ['/usr', "use a path such as /data: a volume at /usr hides the system's files there"],
  ])('cannot be at %j', (mountPath, fix) => {
    expect(problemsWith(volumes, [efs({ mountPath })]).map((problem) => [problem.path, problem.fix])).toEqual([
      ['[0].properties.mountPath', fix],
    ]);
  });

  it.each<[object, string, string]>([
    [{ rootDirectory: 'models' }, 'rootDirectory', 'write /models'],
    [{ rootDirectory: '/models/' }, 'rootDirectory', 'write /models'],
    [{ rootDirectory: 'models/' }, 'rootDirectory', 'write /models'],
    [{ rootDirectory: './models//v1/' }, 'rootDirectory', 'write /models/v1'],
    [{ rootDirectory: '' }, 'rootDirectory', 'write a path such as /models'],
    [{ rootDirectory: 'a b' }, 'rootDirectory', 'write a path such as /models'],
    [{ rootDirectory: '/a/b/c/d/e' }, 'rootDirectory', 'write a path such as /models'],
    [{ rootDirectory: `/${'x'.repeat(100)}` }, 'rootDirectory', 'write a path such as /models'],
    [{ rootDirectory: '/../x' }, 'rootDirectory', 'write a path such as /models'],
    [{ uid: -1 }, 'uid', 'use 0'],
    [{ gid: 4_294_967_296 }, 'gid', 'use 4294967295'],
    [{ permissions: '0999' }, 'permissions', "write '0755', or '0775' if the group can write too"],
    [{ permissions: 'rwx' }, 'permissions', "write '0755', or '0775' if the group can write too"],
    [{ efsFilesystemName: '' }, 'efsFilesystemName', "write a resource's name"],
    [{ sizeMb: 5 }, 'sizeMb', 'remove it: it belongs to type tmpfs'],
  ])('refuse %j', (more, property, fix) => {
    expect(problemsWith(volumes, [efs(more)]).map((problem) => [problem.path, problem.fix])).toEqual([
      [`[0].properties.${property}`, fix],
    ]);
  });

  it('accept what only Terraform knows', () => {
    const { TEXT, NUMBER } = tokens();
    const properties = { mountPath: TEXT, rootDirectory: TEXT, permissions: TEXT, uid: NUMBER, gid: NUMBER };
    expect(problemsWith(volumes, [efs(properties)])).toEqual([]);
  });
});
