import { SHIMMED_AWS_PROVIDER, shimForOfflineProvider } from './provider-shim';
import type { TerraformDocument } from './terraform-document';

const stack = (): TerraformDocument => ({
  terraform: {
    backend: { s3: { bucket: 'states' } },
    required_providers: {
      aws: { source: 'aws', version: '6.25.0' },
      archive: { source: 'hashicorp/archive', version: '2.7.1' },
    },
  },
  provider: { aws: [{ region: 'eu-west-1' }], archive: [{}] },
  data: {
    archive_file: {
      code: {
        '//': { metadata: { path: 'stack/code' } },
        type: 'zip',
        source_dir: '${path.module}/assets/code',
        output_path: '${path.module}/code.zip',
        output_file_mode: '0644',
      },
    },
    aws_region: { here: {} },
  },
  resource: {
    aws_batch_compute_environment: { spot: { name_prefix: 'spot-', type: 'MANAGED' }, fixed: { name: 'fixed' } },
    aws_lambda_function: {
      start: {
        function_name: 'name',
        runtime: 'nodejs24.x',
        filename: '${data.archive_file.code.output_path}',
        source_code_hash: '${data.archive_file.code.output_base64sha256}',
      },
      old: { runtime: 'python3.13', description: 'the $${data.archive_file.code.output_path} of nodejs24.x' },
    },
    aws_cloudwatch_metric_alarm: { x: { alarm_name: 'alarm-${aws_batch_compute_environment.fixed.name}' } },
  },
});

describe('shimForOfflineProvider', () => {
  it('changes what it lists and nothing else', () => {
    const original = stack();
    const { document, changes, archives } = shimForOfflineProvider(original);

    expect(document).toEqual({
      terraform: {
        backend: { s3: { bucket: 'states' } },
        required_providers: { aws: { source: 'aws', version: SHIMMED_AWS_PROVIDER } },
      },
      provider: { aws: [{ region: 'eu-west-1' }] },
      data: { aws_region: { here: {} } },
      resource: {
        aws_batch_compute_environment: {
          spot: { compute_environment_name_prefix: 'spot-', type: 'MANAGED' },
          fixed: { compute_environment_name: 'fixed' },
        },
        aws_lambda_function: {
          start: {
            function_name: 'name',
            runtime: 'nodejs22.x',
            filename: '${"code.zip"}',
            source_code_hash: '${filebase64sha256("code.zip")}',
          },
          old: { runtime: 'python3.13', description: 'the $${data.archive_file.code.output_path} of nodejs24.x' },
        },
        aws_cloudwatch_metric_alarm: {
          x: { alarm_name: 'alarm-${aws_batch_compute_environment.fixed.compute_environment_name}' },
        },
      },
    });
    expect(archives).toEqual([{ source: 'assets/code', outputPath: 'code.zip' }]);
    expect(changes).toEqual([
      'reference data.archive_file.code.output_path -> "code.zip"',
      'reference data.archive_file.code.output_base64sha256 -> filebase64sha256("code.zip")',
      'reference aws_batch_compute_environment.fixed.name -> compute_environment_name',
      'terraform.required_providers.aws.version 6.25.0 -> 5.100.0',
      'aws_batch_compute_environment.spot.name_prefix -> compute_environment_name_prefix',
      'aws_batch_compute_environment.fixed.name -> compute_environment_name',
      'aws_lambda_function.start.runtime nodejs24.x -> nodejs22.x',
      'data.archive_file.code -> code.zip, made beforehand',
      'provider.archive removed',
      'terraform.required_providers.archive removed',
    ]);
    expect(original).toEqual(stack());
  });

  it('leaves no empty object behind, which Terraform would refuse', () => {
    const archive_file = { code: { type: 'zip', source_file: 'a.js', output_path: 'a.zip' } };
    expect(shimForOfflineProvider({ data: { archive_file } }).document).toEqual({});
  });

  it('leaves a stack alone that needs nothing', () => {
    const plain = { resource: { aws_sqs_queue: { q: { name: 'q', region: 'eu-west-1' } } } };
    expect(shimForOfflineProvider(plain)).toEqual({ document: plain, changes: [], archives: [] });
  });

  it.each([
    ['more than files', { type: 'zip', source: [{ content: 'x', filename: 'y' }], output_path: 'z' }],
    ['no output path', { type: 'zip', source_dir: 'x' }],
    ['excluded files', { type: 'zip', source_dir: 'x', output_path: 'z', excludes: ['y'] }],
  ])('refuses an archive with %s, since its own zip would differ', (_, block) => {
    expect(() => shimForOfflineProvider({ data: { archive_file: { code: block } } })).toThrow(
      /data\.archive_file\.code cannot be replaced/,
    );
  });

  it('refuses a reference that only the archive provider can answer', () => {
    const document = stack();
    document.output = { size: { value: '${data.archive_file.code.output_size}' } };
    expect(() => shimForOfflineProvider(document)).toThrow('data.archive_file.code.output_size has no counterpart');
  });
});
