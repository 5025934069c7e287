import { containerFacts } from '../../../cli/deploy/container-facts';

const size = (...requirements: [type: string, value: string][]) => ({
  resourceRequirements: requirements.map(([type, value]) => ({ type, value })),
});

it.each([
  ['image', { image: 'a:1' }, { image: 'a:2' }, ['new image']],
  ['command', { command: ['a'] }, { command: ['a', '-v'] }, ['new command']],
  ['order of a command', { command: ['a', 'b'] }, { command: ['b', 'a'] }, ['new command']],
  ['memory', size(['MEMORY', '512']), size(['MEMORY', '2048']), ['2,048 MiB of memory (was 512)']],
  ['vCPUs', size(['VCPU', '1']), size(['VCPU', '0.5']), ['0.5 vCPUs (was 1)']],
  ['GPUs', size(), size(['GPU', '1']), ['1 GPU (was 0)']],
  ['role', { jobRoleArn: 'a' }, { jobRoleArn: 'b' }, ['another role']],
  ['log', { logConfiguration: { logDriver: 'none' } }, { logConfiguration: { logDriver: 'awslogs' } }, ['another log']],
  ['volumes', {}, { volumes: [{ name: 'files' }] }, ['other volumes']],
  ['shared memory', {}, { linuxParameters: { sharedMemorySize: 64 } }, ['other shared memory']],
  ['files in memory', {}, { linuxParameters: { tmpfs: [{ size: 1 }] } }, ['other files in memory']],
  ['init', {}, { linuxParameters: { initProcessEnabled: true } }, ['another init process']],
  [
    'registry',
    {},
    { repositoryCredentials: { credentialsParameter: 'a' } },
    ['other credentials of the image registry'],
  ],
])('says what changes: %s', (_, before, after, facts) => {
  expect(containerFacts(before, after)).toEqual(facts);
});

it('names variables and secrets, and tells no value', () => {
  const from = {
    environment: [
      { name: 'KEPT', value: 'same' },
      { name: 'OLD', value: 'gone' },
      { name: 'MODE', value: 'first' },
    ],
    secrets: [{ name: 'TOKEN', valueFrom: 'arn:one' }],
  };
  const to = {
    environment: [
      { name: 'MODE', value: 'second' },
      { name: 'KEPT', value: 'same' },
      { name: 'ONE', value: '1' },
      { name: 'TWO', value: '2' },
    ],
    secrets: [{ name: 'TOKEN', valueFrom: 'arn:two' }],
  };
  expect(containerFacts(from, to)).toEqual([
    'new variables ONE, TWO',
    'changed variable MODE',
    'removed variable OLD',
    'changed secret TOKEN',
  ]);
});

it('says nothing of what AWS only writes in another way', () => {
  const written = { image: 'a', logConfiguration: { logDriver: 'awslogs', options: { a: '1', b: '2' } } };
  const answered = {
    volumes: [],
    logConfiguration: { options: { b: '2', a: '1' }, secretOptions: [], logDriver: 'awslogs' },
    image: 'a',
    environment: null,
  };
  expect(containerFacts(answered, written)).toEqual([]);
});
