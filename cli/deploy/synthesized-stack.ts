import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { UsageError } from '../command/usage-error';

/** A synthesized stack, with the data that a plan's summary needs. */
export interface SynthesizedStack {
  readonly name: string;
  /** The folder that Terraform works in, relative to the current one. */
  readonly dir: string;
  /** @default the region that the AWS provider finds in the environment */
  readonly region?: string;
  /** For example `local`, `s3` or `cloud`. */
  readonly backend: string;
  /** The path of a resource's construct within the stack, by the resource's address. */
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** The parts of a synthesized stack's Terraform JSON that are used. */
export interface StackDocument {
  readonly terraform?: { readonly backend?: object; readonly cloud?: object };
  readonly provider?: { readonly aws?: readonly { readonly region?: unknown }[] };
  readonly resource?: {
    readonly [type: string]: {
      readonly [name: string]: { readonly '//'?: { readonly metadata?: { readonly path?: string } } };
    };
  };
}

/**
 * The stack of the app that was just synthesized.
 *
 * @param name name of the stack. Required if there are several
 * @throws UsageError if the stack does not exist, or if there are several and none is named
 */
export function synthesizedStack(outdir: string, name?: string): SynthesizedStack {
  const stacks = stacksIn(outdir);
  const names = Object.keys(stacks);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  if (chosen === undefined) {
    if (names.length === 0) throw new UsageError(`The app has no stack in ${outdir}.`);
    throw new UsageError(`The app has several stacks. Name one of them: ${names.join(', ')}.`);
  }
  const path = stacks[chosen]?.synthesizedStackPath;
  if (path === undefined) throw new UsageError(`There is no stack "${chosen}". The app has: ${names.join(', ')}.`);
  const file = join(outdir, path);
  if (!existsSync(file)) throw new UsageError(`${file} is missing. The command reads Terraform JSON, not HCL.`);
  return stackOf(chosen, relative('.', dirname(file)) || '.', JSON.parse(readFileSync(file, 'utf8')));
}

/** Reads a stack's Terraform JSON. */
export function stackOf(name: string, dir: string, document: StackDocument): SynthesizedStack {
  const { backend = {}, cloud } = document.terraform ?? {};
  const region = document.provider?.aws?.[0]?.region;
  const paths = new Map<string, readonly string[]>();
  for (const [type, blocks] of Object.entries(document.resource ?? {})) {
    for (const [id, block] of Object.entries(blocks)) {
      const path = block['//']?.metadata?.path;
      if (path !== undefined) paths.set(`${type}.${id}`, path.split('/').slice(1));
    }
  }
  return {
    name,
    dir,
    region: typeof region === 'string' && !region.includes('${') ? region : undefined,
    backend: cloud === undefined ? (Object.keys(backend)[0] ?? 'local') : 'cloud',
    paths,
  };
}

/** The stacks of an app that was just synthesized, as `synth --json` prints them. */
export function writtenStacks(outdir: string) {
  return Object.keys(stacksIn(outdir)).map((each) => {
    const { name, dir, region, backend, paths } = synthesizedStack(outdir, each);
    const jobs = [...paths]
      .filter(([address]) => address.startsWith('aws_batch_job_definition.'))
      .map(([, path]) => path.slice(0, -1).join('/'));
    return { name, region, backend, file: join(dir, 'cdk.tf.json'), jobs, resources: paths.size };
  });
}

function stacksIn(outdir: string): { readonly [name: string]: { readonly synthesizedStackPath: string } } {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) throw new UsageError(`The app wrote no ${manifest}: its "app" must call app.synth().`);
  return JSON.parse(readFileSync(manifest, 'utf8')).stacks ?? {};
}
