import { fixesFor } from '../../stack-config/with-resources';

const job = (...volumes: object[]) => ({
  type: 'batch-job',
  properties: {
    container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
    resources: { cpu: 1, memory: 512 },
    volumes: volumes.map((properties) => ({
      type: 'efs',
      properties: { efsFilesystemName: 'files', mountPath: '/data', ...properties },
    })),
  },
});
const files = { type: 'efs-filesystem' };
const vpc = { vpcId: 'vpc-1', subnetIds: ['subnet-1'] };
const existing = {
  type: 'efs-filesystem',
  existing: { arn: 'arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/fs-0123456789abcdef0' },
};

describe('the root of a file system', () => {
  const fix =
    'a.properties.volumes[0].properties.rootDirectory: use a rootDirectory such as /shared, set uid and gid to 0, or set readOnly: true';

  it('belongs to user 0 if the file system is new', () => {
    expect(fixesFor({ files, a: job({ rootDirectory: '/' }) })).toEqual([fix]);
    expect(fixesFor({ files, a: job({ rootDirectory: '/', uid: 0, gid: 0 }) })).toEqual([]);
  });

  it('can be read by everybody', () => {
    expect(fixesFor({ files, a: job({}), b: job({ rootDirectory: '/', readOnly: true }) })).toEqual([]);
  });

  it('can belong to anybody if the file system exists', () => {
    expect(fixesFor({ files: existing, a: job({ rootDirectory: '/' }) }, { vpc })).toEqual([]);
  });
});

describe('a folder that two volumes use', () => {
  it('has one owner', () => {
    expect(fixesFor({ files, a: job({}), b: job({ rootDirectory: '/shared', uid: 5, permissions: '0700' }) })).toEqual([
      'b.properties.volumes[0].properties.uid: use 1000, or another rootDirectory',
      'b.properties.volumes[0].properties.permissions: use "0755", or another rootDirectory',
    ]);
    expect(fixesFor({ files, a: job({}, { mountPath: '/more', gid: 5 }) })).toEqual([
      'a.properties.volumes[1].properties.gid: use 1000, or another rootDirectory',
    ]);
  });

  it('can have different ones in different folders or file systems', () => {
    expect(fixesFor({ files, a: job({}), b: job({ rootDirectory: '/b', uid: 5 }) })).toEqual([]);
    expect(fixesFor({ files, other: files, a: job({}), b: job({ efsFilesystemName: 'other', uid: 5 }) })).toEqual([]);
    expect(fixesFor({ files, a: job({}), b: job({ readOnly: true }) })).toEqual([]);
  });
});

it('a file system must be in the config, and is mounted instead of connected to', () => {
  expect(fixesFor({ files, a: job({ efsFilesystemName: 'fils' }) })).toEqual([
    'a.properties.volumes[0].properties.efsFilesystemName: did you mean "files"?',
  ]);
  const a = job();
  expect(fixesFor({ files, a: { ...a, properties: { ...a.properties, connectTo: ['files'] } } })).toEqual([
    'a.properties.connectTo[0]: add { type: efs, properties: { efsFilesystemName: files, mountPath: /data } } to volumes instead',
  ]);
});

it('an existing file system is in the account of the stack, whose access points it gets', () => {
  const orders = { type: 'sqs-queue', existing: { arn: 'arn:aws:sqs:eu-west-1:111111111111:orders' } };
  expect(fixesFor({ orders, files: existing, a: job({}) }, { vpc })).toEqual([
    'files.existing.arn: use resources of the account that the stack is deployed to',
  ]);
});
