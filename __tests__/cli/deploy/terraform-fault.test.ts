import { ownerFinder } from '../../../cli/deploy/owners';
import { stackOf } from '../../../cli/deploy/synthesized-stack';
import type { Diagnostic } from '../../../cli/deploy/terraform';
import { terraformFault } from '../../../cli/deploy/terraform-fault';
import stackDocument from './plans/stack.json';

const stack = stackOf('reports', 'cdktf.out/stacks/reports', stackDocument);
const commandLine = (words: readonly string[]) => ['terraform', ...words].join(' ');

function reportOf(diagnostics: Partial<Diagnostic>[], text = '') {
  const complete = diagnostics.map((each) => ({ severity: 'error' as const, summary: 'failed', ...each }));
  const ending = { code: 1, diagnostics: complete, text, interrupted: false };
  return terraformFault(ending, { step: 'terraform apply', ownerOf: ownerFinder(stack, []), commandLine }).message;
}

it('shows each error whole and once, with the job that it is about', () => {
  const error = {
    summary: 'creating Batch Job Definition (reports-nightlyReport)',
    detail: 'operation error Batch: RegisterJobDefinition,\nhttps response error StatusCode: 400',
    address: 'aws_batch_job_definition.nightlyReport_JobDefinition_CC1C9EAA',
  };
  expect(reportOf([error, error, { summary: 'a warning', severity: 'warning' }])).toBe(
    [
      'terraform apply failed:',
      '',
      'Error in job nightlyReport: creating Batch Job Definition (reports-nightlyReport)',
      '  operation error Batch: RegisterJobDefinition,',
      '  https response error StatusCode: 400',
      '  at aws_batch_job_definition.nightlyReport_JobDefinition_CC1C9EAA',
    ].join('\n'),
  );
});

it('counts several errors', () => {
  expect(reportOf([{ summary: 'one' }, { summary: 'two' }])).toMatch(
    /^terraform apply failed with 2 errors:\n\nError: one\n\nError: two$/,
  );
});

it('shows what Terraform prints for people, without its frame', () => {
  const text =
    '\u001b[31m╷\u001b[0m\n│ Error: Failed to get existing workspaces\n│ \n│ S3 bucket "x" does not exist.\n╵';
  expect(reportOf([], text)).toBe(
    [
      'terraform apply failed:',
      '',
      'Error: Failed to get existing workspaces',
      '',
      'S3 bucket "x" does not exist.',
      '',
      'Create the bucket of the backend first. Terraform does not create it.',
    ].join('\n'),
  );
});

it('names who holds the lock, and how to break it', () => {
  const detail =
    'Error message: resource temporarily unavailable\nLock Info:\n  ID:        4f-1\n  Path:      x\n  Who:       ann@laptop\n  Created:   2026-11-26 07:00:00 UTC';
  expect(reportOf([{ summary: 'Error acquiring the state lock', detail }])).toContain(
    'ann@laptop (since 2026-11-26 07:00:00 UTC) holds the lock of the state. Wait until that deployment is done, or make this one wait with --lock-timeout 10m. ' +
      'If no deployment is running: terraform force-unlock 4f-1',
  );
});

it.each([
  ['No valid credential sources found', 'No AWS credentials were found'],
  ['api error ExpiredToken: the token has expired', 'The AWS credentials have expired'],
  ['Invalid provider configuration: Missing region', 'Set region in the config'],
  ['Required token could not be found', 'terraform login'],
  ['Backend configuration changed', '--migrate-state'],
  ['Failed to query available provider packages', 'provider mirror'],
  ['api error AccessDenied: User: x is not authorized to perform: y', 'needs the permission named in the error'],
])('%s has a fix', (summary, fix) => expect(reportOf([{ summary }])).toContain(fix));

it('says how it ended if Terraform said nothing', () => {
  expect(reportOf([])).toBe('terraform apply failed:\n\nIt ended with exit code 1.');
});

it('says how to lift a protection that Terraform enforces', () => {
  const detail =
    'Resource aws_s3_bucket.uploads_0A1B2C3D has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed.';
  expect(reportOf([{ summary: 'Instance cannot be destroyed', detail }])).toContain(
    'To delete or replace it, set that to false, deploy, and then make this change.',
  );
});
