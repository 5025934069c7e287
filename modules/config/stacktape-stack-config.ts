import { formatFound } from '../problems/found';
import type { Finding, LocatedFinding } from '../problems/problem';
import { suggestion } from '../problems/suggestion';
import type { MovedPart } from './moved-parts';
import { isPlain } from './overrides/merged';
import { asObject } from './value-at';

/** What the section `stackConfig` of a Stacktape config gives: properties of this project's config, and what it has no place for. */
export interface StackConfigParts {
  readonly properties: { readonly [property: string]: unknown };
  readonly moved: readonly MovedPart[];
  readonly findings: readonly LocatedFinding[];
  /** What to do about `export` of outputs. @default no output has it */
  readonly exportHint?: string;
}

type Fix = (value: unknown) => string;

/** Members that Stacktape has, and what to do about each here. */
const ELSEWHERE: { readonly [member: string]: Fix } = {
  vpc: (value) => vpcFix(asObject(value)),
  disableStackInfoSaving: savesNothing,
  stackInfoDirectory: savesNothing,
  stageType: () => 'remove it: stages differ only in what the config says. In TypeScript, it gets the stage',
  tracing: () =>
    'remove it: not part of this project. For a function, write overrides: { Function: { tracing_config: { mode: "Active" } } }, ' +
    'and allow xray:PutTraceSegments and xray:PutTelemetryRecords in its iamRoleStatements',
  disableIssues: () => "remove it: it is about Stacktape's console. batch-jobs runs lists failed runs",
};

const MEMBERS = ['outputs', 'tags', ...Object.keys(ELSEWHERE)];

function vpcFix({ reuseVpc, nat }: { readonly [property: string]: unknown }): string {
  if (reuseVpc === undefined && nat !== undefined)
    return 'remove it. If jobs are to be in private subnets with a NAT gateway, write vpc: { privateSubnets: true } at the top of the config';
  const { vpcId = '<id of the VPC>' } = asObject(reuseVpc);
  const vpc = `vpc: { vpcId: ${formatFound(vpcId)}, subnetIds: ["<id of a subnet>"] }`;
  return `remove it, and write ${vpc} at the top of the config`;
}

function savesNothing(): string {
  return 'remove it: no file is written after a deployment. terraform output -json prints the outputs';
}

/** The parts of a `stackConfig`, which must be an object, in a config with this backend and with these properties at its top. */
export function stackConfigParts(
  section: { readonly [member: string]: unknown },
  top: { readonly [property: string]: unknown },
): StackConfigParts {
  const { tags, outputs, ...others } = section;
  const properties: { [property: string]: unknown } = {};
  const moved: MovedPart[] = [];
  const findings = Object.entries(others).map(([member, value]) => located(member, refusedMember(member, value)));
  if (tags !== undefined) {
    if (top.tags !== undefined) findings.push(located('tags', twice('tags')));
    else {
      properties.tags = tags;
      moved.push({ written: ['stackConfig', 'tags'], inConfig: ['tags'] });
    }
  }
  if (outputs === undefined) return { properties, moved, findings };
  if (top.outputs !== undefined)
    return { properties, moved, findings: [...findings, located('outputs', twice('outputs'))] };
  const { list, hasExport } = withoutExports(outputs);
  return {
    properties: { ...properties, outputs: list },
    moved: [...moved, { written: ['stackConfig', 'outputs'], inConfig: ['outputs'] }],
    findings,
    ...(hasExport && {
      exportHint: `export has no effect: other stacks can read every output with the data source ${dataSource(top)}`,
    }),
  };
}

function located(member: string, finding: Finding): LocatedFinding {
  return { path: ['stackConfig', member], finding };
}

function refusedMember(member: string, value: unknown): Finding {
  const meant = Object.hasOwn(ELSEWHERE, member) ? undefined : suggestion(member, MEMBERS);
  const fix = ELSEWHERE[member]?.(value) ?? (meant === undefined ? 'remove it' : `did you mean "${meant}"?`);
  return { code: 'unknown-property', found: `the property "${member}"`, accepted: 'tags and outputs', fix };
}

function twice(property: string): Finding {
  const found = `${property}, which the config has at its top, too`;
  return { code: 'conflict', found, accepted: `one ${property}`, fix: `move its entries to ${property} at the top` };
}

/** The outputs as this project has them. `export` that is no boolean stays, and is refused. */
function withoutExports(outputs: unknown): { readonly list: unknown; readonly hasExport: boolean } {
  if (!Array.isArray(outputs)) return { list: outputs, hasExport: false };
  const list = outputs.map((output) => {
    if (!isPlain(output) || typeof output.export !== 'boolean') return output;
    const { export: _, ...others } = output;
    return others;
  });
  return { list, hasExport: outputs.some((output) => isPlain(output) && output.export === true) };
}

/** What reads the outputs of a stack with this backend. */
function dataSource({ backend }: { readonly [property: string]: unknown }): string {
  return asObject(backend).type === 'cloud' ? 'tfe_outputs' : 'terraform_remote_state';
}
