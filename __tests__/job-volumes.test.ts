import type { Construct } from 'constructs';
import { createAccess, mountsOf, volumeFindings, withDefaults } from '../modules/job-volumes';
import type { JobVolume } from '../modules/resources/efs-filesystem/volume';

const FILES = { arn: 'arn:files', params: { id: 'fs-1' } };
const EFS = { type: 'efs', properties: { fileSystem: FILES, mountPath: '/data' } } as const;
const TMPFS = { type: 'tmpfs', properties: { mountPath: '/scratch', sizeMb: 64 } } as const;

const VOLUME = 'a volume: { type: "efs" or "tmpfs", properties }';
const FILE_SYSTEM = 'an EfsFilesystem, or an object with arn and params.id';

it('volumes that are right have no findings', () => {
  expect(volumeFindings([EFS, TMPFS])).toEqual([]);
});

it.each([
  [undefined],
  [null],
  ['efs'],
  [[EFS]],
  [{}],
  [{ ...EFS, type: 'ebs' }],
  [{ type: 'tmpfs' }],
  [{ type: 'efs', properties: ['/data'] }],
])('%j is no volume', (volume) => {
  const [finding, ...others] = volumeFindings([TMPFS, volume]);
  expect(finding).toMatchObject({ path: [1], finding: { accepted: VOLUME } });
  expect(String(finding?.finding.fix)).toBe(`write ${VOLUME}`);
  expect(others).toEqual([]);
});

it.each([
  [undefined],
  ['fs-1'],
  [[FILES]],
  [{ arn: 'arn:files' }],
  [{ params: { id: 'fs-1' } }],
  [{ arn: 7, params: { id: 'fs-1' } }],
  [{ arn: 'arn:files', params: { id: 7 } }],
  [{ arn: 'arn:files', params: null }],
])('%j is no file system', (fileSystem) => {
  expect(volumeFindings([{ type: 'efs', properties: { ...EFS.properties, fileSystem } }])).toMatchObject([
    {
      path: [0, 'properties', 'fileSystem'],
      finding: { accepted: FILE_SYSTEM, fix: `give ${FILE_SYSTEM}` },
    },
  ]);
});

it('the findings of a volume are at its properties', () => {
  const paths = (volume: unknown) => volumeFindings([volume]).map(({ path }) => path.join('.'));
  expect(paths({ type: 'efs', properties: { mountPath: 'data', fileSystem: 7 } })).toEqual([
    '0.properties.fileSystem',
    '0.properties.mountPath',
  ]);
  expect(paths({ type: 'efs', properties: { ...EFS.properties, uid: 'root' } })).toEqual(['0.properties.uid']);
  expect(paths({ type: 'tmpfs', properties: { mountPath: '/scratch', sizeMb: 0 } })).toEqual(['0.properties.sizeMb']);
  // Its settings alone are known, and the file system is not one of them.
  expect(paths({ type: 'tmpfs', properties: { ...TMPFS.properties, fileSystem: FILES } })).toEqual([
    '0.properties.fileSystem',
  ]);
  expect(volumeFindings([{ type: 'efs', properties: { ...EFS.properties, mountPath: 'data' } }])).toEqual([
    {
      path: [0, 'properties', 'mountPath'],
      finding: expect.objectContaining({ found: '"data"', fix: 'write /data' }),
    },
  ]);
});

it('volumes get their defaults, and keep their file systems', () => {
  const [efs, tmpfs] = withDefaults([EFS, TMPFS]);
  expect(efs).toEqual({
    type: 'efs',
    properties: {
      fileSystem: FILES,
      mountPath: '/data',
      rootDirectory: '/shared',
      readOnly: false,
      uid: 1000,
      gid: 1000,
      permissions: '0755',
    },
  });
  expect((efs as typeof EFS).properties.fileSystem).toBe(FILES);
  expect(tmpfs).toEqual(TMPFS);
});

it('memory needs no access', () => {
  expect(createAccess({} as Construct, withDefaults([TMPFS]), { stackName: 'reports', jobName: 'nightly' })).toEqual(
    [],
  );
});

it('a container mounts memory and file systems, after the mount targets of the latter', () => {
  const access = [{ mount: { sourceVolume: 'files' } }] as unknown as Parameters<typeof mountsOf>[1];
  const files = { ...FILES, mountTargets: ['target'] };
  const efs = { type: 'efs', properties: { ...EFS.properties, fileSystem: files } } as unknown as JobVolume;
  expect(mountsOf([efs, ...withDefaults([EFS, TMPFS])], access)).toEqual({
    tmpfs: [{ containerPath: '/scratch', size: 64 }],
    efs: [{ sourceVolume: 'files' }],
    dependencies: ['target'],
  });
});
