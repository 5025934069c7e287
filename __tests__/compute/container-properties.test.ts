import { type ContainerPropertiesInput, containerProperties } from '../../modules/compute/container-properties';

const input: ContainerPropertiesInput = {
  image: 'busybox:1.37',
  environment: [],
  cpu: '2',
  memory: '1800',
  jobRoleArn: 'arn:job',
  executionRoleArn: 'arn:execution',
  logs: { logGroupName: '/batch-jobs/reports/nightly', region: 'eu-west-1' },
};

describe('containerProperties', () => {
  it('has, with nothing optional, exactly', () => {
    expect(containerProperties(input)).toEqual({
      image: 'busybox:1.37',
      resourceRequirements: [
        { type: 'VCPU', value: '2' },
        { type: 'MEMORY', value: '1800' },
      ],
      ulimits: [{ name: 'nofile', softLimit: 10_000, hardLimit: 10_000 }],
      jobRoleArn: 'arn:job',
      executionRoleArn: 'arn:execution',
      logConfiguration: {
        logDriver: 'awslogs',
        options: {
          'awslogs-group': '/batch-jobs/reports/nightly',
          'awslogs-region': 'eu-west-1',
          'awslogs-stream-prefix': 'batch',
        },
      },
    });
  });

  // AWS would fill in or drop an empty value, and Terraform would plan a change each time.
  it('has no empty parts', () => {
    const keys = Object.keys(containerProperties(input));
    for (const absent of ['command', 'environment', 'repositoryCredentials', 'vcpus', 'memory', 'mountPoints']) {
      expect(keys).not.toContain(absent);
    }
  });

  it('takes a command', () => {
    expect(containerProperties({ ...input, command: ['sh', '-c', 'true'] })).toMatchObject({
      command: ['sh', '-c', 'true'],
    });
  });

  it('takes variables, in the order given', () => {
    const environment = [
      ['A', '1'],
      ['B', '2'],
    ] as const;
    expect(containerProperties({ ...input, environment }).environment).toEqual([
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ]);
  });

  it('asks for GPUs', () => {
    expect(containerProperties({ ...input, gpu: '2' }).resourceRequirements).toEqual([
      { type: 'VCPU', value: '2' },
      { type: 'MEMORY', value: '1800' },
      { type: 'GPU', value: '2' },
    ]);
  });

  it('names the secret of a private registry', () => {
    expect(containerProperties({ ...input, repositoryCredentialsSecretArn: 'arn:secret' })).toMatchObject({
      repositoryCredentials: { credentialsParameter: 'arn:secret' },
    });
  });

  it('keeps the output on the instance, rotated, and never in the group that Batch shares', () => {
    expect(containerProperties({ ...input, logs: 'instance' }).logConfiguration).toEqual({
      logDriver: 'json-file',
      options: { 'max-file': '3', 'max-size': '10m' },
    });
  });
});
