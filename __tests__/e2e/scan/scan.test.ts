import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../engines/availability';
import { pythonPackages } from '../engines/python-packages';
import { ALL_EXAMPLES, type SynthesizedExamples, synthesizeExamples } from '../synthesized-examples';
import { ACCEPTED } from './accepted';

const checkov = pythonPackages(join(__dirname, 'requirements.txt'));

/** What the tests read of Checkov's report. */
interface Report {
  readonly results: { readonly passed_checks: readonly Result[]; readonly failed_checks: readonly Result[] };
  readonly summary: { readonly parsing_errors: number };
}

interface Result {
  readonly check_id: string;
  readonly check_name: string;
  /** `aws_vpc.network`, or without the type `resource.network` and `data.network` */
  readonly resource: string;
  readonly file_abs_path: string;
}

/** The types of the resources and data sources of a stack, by name. */
interface Stack {
  readonly [section: string]: { readonly [type: string]: { readonly [name: string]: object } };
}

/** A finding, once for all resources of a kind. */
interface Finding {
  readonly check: string;
  readonly kind: string;
  readonly text: string;
}

/** A stack that no example is like, to see that the scan finds something and that a new finding is told. */
const PROBE = 'probe';
const PROBE_STACK = {
  resource: {
    aws_db_instance: { open: { engine: 'mysql', instance_class: 'db.t3.micro', publicly_accessible: true } },
  },
};

/** The type of the resource that a finding is about. */
function kindOf({ resource, file_abs_path }: Result): string {
  const [first = '', name = ''] = resource.split('.');
  if (first !== 'resource' && first !== 'data') return first;
  const stack: Stack = JSON.parse(readFileSync(file_abs_path, 'utf8'));
  const [type, ...others] = Object.entries(stack[first] ?? {}).filter(([, named]) => name in named);
  if (type === undefined || others.length > 0) throw new Error(`${resource} of ${file_abs_path} has no single type`);
  return type[0];
}

function findings(results: readonly Result[]): readonly Finding[] {
  const found = results.map((result) => {
    const kind = kindOf(result);
    return { check: result.check_id, kind, text: `${result.check_id} ${kind}: ${result.check_name}` };
  });
  return [...new Map(found.map((one) => [one.text, one])).values()];
}

/** The findings that the list does not have. */
function notAccepted(found: readonly Finding[]): readonly string[] {
  const isAccepted = ({ check, kind }: Finding) =>
    ACCEPTED.some((accepted) => accepted.check === check && accepted.kinds.includes(kind));
  return found.filter((one) => !isAccepted(one)).map(({ text }) => text);
}

describeWith([checkov], 'a scan of the examples by Checkov', () => {
  let examples: SynthesizedExamples;
  let report: Report;
  /** Of the examples, and of the probe. */
  let found: readonly Finding[];
  let probed: readonly Finding[];

  beforeAll(() => {
    if (!checkov.available) return;
    examples = synthesizeExamples();
    const probe = join(examples.folder, PROBE);
    mkdirSync(probe);
    // Checkov leaves a cache there, and reads no hidden folders.
    const temporary = join(examples.folder, '.tmp');
    mkdirSync(temporary);
    writeFileSync(join(probe, 'cdk.tf.json'), JSON.stringify(PROBE_STACK));
    // One run for all: Checkov takes longer to start than to read a stack.
    const frameworks = ['--framework', 'terraform', 'terraform_json'];
    const args = ['--directory', examples.folder, ...frameworks, '--output', 'json', '--skip-download', '--compact'];
    const { stdout, stderr } = spawnSync(join(checkov.bin, 'checkov'), args, {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR: temporary, LOG_LEVEL: 'ERROR', BC_API_KEY: undefined, ANSI_COLORS_DISABLED: '1' },
      maxBuffer: 1024 ** 3,
    });
    if (!stdout.trimStart().startsWith('{'))
      throw new Error(`No report of Checkov:\n${stdout.slice(0, 500)}\n${stderr}`);
    report = JSON.parse(stdout);
    const isProbe = ({ file_abs_path }: Result) => file_abs_path.startsWith(probe);
    const failed = report.results.failed_checks;
    found = findings(failed.filter((one) => !isProbe(one)));
    probed = findings(failed.filter(isProbe));
  });

  afterAll(() => examples?.dispose());

  it('reads each stack', () => {
    const { results, summary } = report;
    expect(summary.parsing_errors).toBe(0);
    const read = new Set([...results.passed_checks, ...results.failed_checks].map((one) => one.file_abs_path));
    const stacks = [...read].filter((path) => path.endsWith('cdk.tf.json'));
    expect(stacks).toHaveLength(ALL_EXAMPLES.length + 1);
  });

  it('finds nothing that is not accepted', () => {
    expect(notAccepted(found)).toEqual([]);
  });

  it('tells a new finding', () => {
    const told = 'CKV_AWS_17 aws_db_instance: Ensure all data stored in RDS is not publicly accessible';
    expect(notAccepted(probed)).toContain(told);
  });

  it('still finds all that is accepted', () => {
    const accepted = ACCEPTED.flatMap(({ check, kinds }) => kinds.map((kind) => `${check} ${kind}`));
    const occurs = new Set(found.map(({ check, kind }) => `${check} ${kind}`));
    expect(accepted.filter((finding) => !occurs.has(finding))).toEqual([]);
    expect(new Set(accepted).size).toBe(accepted.length);
  });
});
