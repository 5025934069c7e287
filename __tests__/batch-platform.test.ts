import { Fn, TerraformStack, Testing, Token } from 'cdktf';
import { Construct } from 'constructs';
import { BatchPlatform, type BatchPlatformProps } from '../modules/batch-platform';
import { compute } from '../modules/config/compute';
import { ConfigError } from '../modules/problems/config-error';
import { folder, removeFolders } from './container/folder';
import { found } from './found';
import { foreignStack, Synthesis, typesUnder } from './synthesis';

const NETWORK = { vpcId: 'vpc-1', subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] };
const CPU = { spot: false, gpu: false, architecture: 'x86_64' } as const;

function problems(make: () => unknown): readonly unknown[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ConfigError) return found(error);
    throw error;
  }
  throw new Error('no error');
}

describe('BatchPlatform', () => {
  it('makes nothing before it is asked', () => {
    expect(typesUnder(new BatchPlatform(foreignStack(), 'platform'))).toEqual([]);
  });

  it('brings a network of its own unless it is given one', () => {
    const types = (props?: BatchPlatformProps) => {
      const platform = new BatchPlatform(foreignStack(), 'platform', props);
      expect(platform.context.network.vpcId).toBeDefined();
      return typesUnder(platform);
    };
    const own = types();
    const given = types({ network: NETWORK });
    expect(own.filter((type) => !given.includes(type))).toEqual([
      'aws_internet_gateway',
      'aws_main_route_table_association',
      'aws_route',
      'aws_route_table',
      'aws_security_group',
      'aws_subnet 3',
      'aws_vpc',
      'aws_vpc_endpoint',
    ]);
    expect(given).toEqual([]);
  });

  it('annotates a job that is used alone with what is to be known of its image', () => {
    const stack = foreignStack();
    const baseDir = folder({ Dockerfile: 'FROM scratch\nCMD ["/job"]\n', '.env': '' });
    const platform = new BatchPlatform(stack, 'platform', { network: NETWORK, baseDir });
    const container = { packaging: { type: 'custom-dockerfile' as const, properties: { buildContextPath: '.' } } };
    const job = new Construct(stack, 'nightly');
    platform.image(job, { container, resources: { architecture: 'x86_64' } });
    expect(job.node.metadata.map(({ data }) => data)).toEqual([
      expect.stringMatching(
        /^container\.packaging\.properties\.buildContextPath: the build context includes a file .*: \.env\./,
      ),
    ]);
    removeFolders();
  });

  it('has the id of the Terraform stack in its names, or the name that it is given', () => {
    const name = (props: BatchPlatformProps) => {
      const stack = foreignStack('somebodys');
      const { undeliveredEvents } = new BatchPlatform(stack, 'platform', { network: NETWORK, ...props });
      expect(undeliveredEvents.queue).toBe(undeliveredEvents.queue);
      return new Synthesis(stack).one('aws_sqs_queue').name;
    };
    expect(name({})).toBe('somebodys-undelivered-events');
    expect(name({ stackName: 'reports' })).toBe('reports-undelivered-events');
  });

  it('limits environments to 256 vCPUs and volumes to 100 GiB unless it is told otherwise', () => {
    const limits = (props: BatchPlatformProps) => {
      const stack = foreignStack();
      new BatchPlatform(stack, 'platform', { network: NETWORK, ...props }).capacity.pool(CPU);
      const synthesis = new Synthesis(stack);
      return [synthesis.one('aws_batch_compute_environment'), synthesis.one('aws_launch_template')];
    };
    expect(limits({})).toMatchObject([
      { compute_resources: { max_vcpus: 256, tags: { Name: 'stack-batch' } } },
      { block_device_mappings: [{ ebs: { volume_size: 100 } }] },
    ]);
    expect(compute.parse({})).toMatchObject({ maxVcpus: 256, rootVolumeGb: 100 });
    expect(limits({ maxVcpus: 8, rootVolumeGb: 40, tags: { team: 'x' } })).toMatchObject([
      { compute_resources: { max_vcpus: 8, tags: { Name: 'stack-batch', team: 'x' } } },
      { block_device_mappings: [{ ebs: { volume_size: 40 } }] },
    ]);
  });

  it.each(['a b', '2nd', 'a.b', ''])('refuses the name %j, of which no physical name could be made', (stackName) => {
    expect(problems(() => new BatchPlatform(foreignStack(), 'platform', { stackName }))).toEqual([
      expect.objectContaining({ path: 'stackName', found: JSON.stringify(stackName) }),
    ]);
  });

  it('refuses a name that only Terraform knows', () => {
    const stackName = Token.asString(Fn.upper('a'));
    expect(problems(() => new BatchPlatform(foreignStack(), 'platform', { stackName }))).toEqual([
      expect.objectContaining({ path: 'stackName', found: 'a value that only Terraform knows' }),
    ]);
  });

  it('refuses the ID of a Terraform stack that makes no name, which stackName cures', () => {
    const stack = new TerraformStack(Testing.app(), 'a.b');
    expect(problems(() => new BatchPlatform(stack, 'one'))).toEqual([expect.objectContaining({ path: 'stackName' })]);
    expect(new BatchPlatform(stack, 'two', { stackName: 'reports' }).stackName).toBe('reports');
  });
});

describe('BatchPlatform.of', () => {
  it('is one for a whole Terraform stack, made when it is first asked for', () => {
    const stack = foreignStack();
    const first = BatchPlatform.of(new Construct(stack, 'a'));
    expect(BatchPlatform.of(new Construct(stack, 'b'))).toBe(first);
    expect(BatchPlatform.of(foreignStack())).not.toBe(first);
  });
});

describe('takeJobName', () => {
  it('gives each name once, case aside, as IAM compares the names of roles', () => {
    const platform = new BatchPlatform(foreignStack(), 'platform', { network: NETWORK });
    platform.takeJobName('nightly', 'stack/a/nightly');
    platform.takeJobName('daily', 'stack/daily');
    expect(problems(() => platform.takeJobName('Nightly', 'stack/b/Nightly'))).toEqual([
      {
        path: 'id',
        found: '"Nightly", taken by stack/a/nightly',
        accepted: 'an ID that no other job of the platform has, ignoring case',
        fix: 'rename one of them: every physical name of a job includes its ID',
      },
    ]);
  });

  it('gives no name that no service would take', () => {
    const platform = new BatchPlatform(foreignStack(), 'platform', { network: NETWORK });
    expect(problems(() => platform.takeJobName('my job', 'stack/my job'))).toEqual([
      expect.objectContaining({ path: 'id', found: '"my job"' }),
    ]);
  });
});
