import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { App, LocalBackend, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { BatchPlatform } from '../../modules/batch-platform';
import { forget } from '../../modules/terraform/forget';
import { foreignStack } from '../synthesis';

const TYPE = 'aws_s3_bucket_ownership_controls';

/** What a stack says to forget, if it says so. */
function removed(change: (stack: TerraformStack) => unknown, earlier?: string): string | undefined {
  const outdir = mkdtempSync(join(tmpdir(), 'forget-'));
  try {
    const app = new App({ outdir, skipBackendValidation: true });
    const stack = new TerraformStack(app, 'stack');
    new LocalBackend(stack, {});
    new AwsProvider(stack, 'aws', {});
    change(stack);
    const folder = join(outdir, 'stacks/stack');
    const file = join(folder, 'removed.tf');
    if (earlier !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, earlier);
    }
    app.synth();
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe('forget', () => {
  it('names the address that the resource had, and destroys nothing', () => {
    const bucket = { bucket: 'a', rule: { objectOwnership: 'BucketOwnerEnforced' } };
    const { friendlyUniqueId } = new S3BucketOwnershipControls(new Construct(foreignStack(), 'a'), 'Ownership', bucket);
    expect(removed((stack) => forget(new Construct(stack, 'a'), TYPE, 'Ownership'))).toBe(
      `removed {\n  from = ${TYPE}.${friendlyUniqueId}\n  lifecycle {\n    destroy = false\n  }\n}\n`,
    );
  });

  it('writes the same in any order', () => {
    const of = (ids: readonly string[]) =>
      removed((stack) => {
        for (const id of ids) forget(new Construct(stack, id), TYPE, 'Ownership');
      });
    expect(of(['b', 'a'])).toBe(of(['a', 'b']));
    expect(of(['b', 'a'])?.match(/removed \{/g)).toHaveLength(2);
  });

  it('leaves the address to no other resource', () => {
    const stack = foreignStack();
    forget(stack, TYPE, 'Ownership');
    expect(() => new Construct(stack, 'Ownership')).toThrow(/already a Construct with name 'Ownership'/);
  });

  it('writes nothing for a stack that forgets nothing, and removes what an earlier synthesis wrote', () => {
    expect(removed(() => undefined)).toBeUndefined();
    const before = 'removed {}';
    expect(removed(() => undefined, before)).toBe(before);
    expect(removed((stack) => new BatchPlatform(stack, 'platform'), before)).toBeUndefined();
    expect(removed((stack) => forget(stack, TYPE, 'Ownership'), before)).toContain(`from = ${TYPE}.`);
  });
});
