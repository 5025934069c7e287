import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError } from '../../modules/problems/config-error';
import { formatFound, foundValue } from '../../modules/problems/found';
import type { Finding } from '../../modules/problems/problem';
import { shownPath } from '../../modules/problems/shown-path';
import { nameStart } from '../../modules/rules/naming';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import { type TerraformState, terraformState } from '../../modules/stack-config/terraform-state';

/** The folder that CDKTF writes to, determined like in the CDKTF CLI. */
export function outputFolder(): string {
  return process.env.CDKTF_OUTDIR || 'cdktf.out';
}

/** The folder of a synthesized stack, in which Terraform runs. */
export function stackFolder({ stackName }: { readonly stackName: string }, outdir = outputFolder()): string {
  return join(outdir, 'stacks', stackName);
}

/** Records what a folder was synthesized from. */
const MARKER = 'synthesized-from.json';

interface Origin {
  /** Path of the config file, relative to the folder. */
  readonly config: string;
  readonly region?: string;
  /** The start of the stack's physical names, if it is not the folder's name. */
  readonly nameStart?: string;
  /** The backend of the stack's state. */
  readonly state: unknown;
}

/** The folder that a config is synthesized into. No other config may use it. */
export class StackFolder {
  private readonly path: string;
  private readonly origin: Origin;
  /** Folders above it that the app creates, the innermost first. */
  private readonly missing: readonly string[];

  constructor(
    private readonly loaded: LoadedConfig,
    outdir: string,
  ) {
    const { file, config } = loaded;
    this.path = stackFolder(config, outdir);
    this.missing = [dirname(this.path), outdir].filter((path) => !existsSync(path));
    this.origin = {
      config: relative(this.path, file),
      region: config.region,
      ...(config.namePrefix !== undefined && { nameStart: nameStart(config) }),
      state: terraformState(config),
    };
  }

  /**
   * Checks that no other config's stack is in this folder, since Terraform would replace that stack by this one.
   *
   * @throws ConfigError if there is one, or if the state is still in the file that earlier versions used
   */
  check(): void {
    const { stackName } = this.loaded.config;
    const previous = this.previous();
    if (previous !== undefined && this.isTaken(previous)) {
      const other = relative('.', resolve(this.path, previous.config));
      this.refuse('stackName', {
        message: `The stack ${formatFound(stackName)} already belongs to ${other}.`,
        found: foundValue(stackName, `, which is also the stack of ${other}`),
        accepted: 'a stack for each config',
        fix: `give one of them another stackName. If that file is no longer in use, delete ${relative('.', this.path)}`,
      });
    }
    this.checkNames();
    this.checkFormerState();
  }

  /** Two stacks whose physical names start alike would take over each other's resources. */
  private checkNames(): void {
    const own = nameStart(this.loaded.config);
    const folders = dirname(this.path);
    const others = existsSync(folders) ? readdirSync(folders).filter((name) => join(folders, name) !== this.path) : [];
    for (const name of others) {
      const other = originIn(join(folders, name));
      if (other === undefined || other.region !== this.origin.region) continue;
      if ((other.nameStart ?? name) !== own || !existsSync(resolve(folders, name, other.config))) continue;
      const config = relative('.', resolve(folders, name, other.config));
      this.refuse(this.loaded.config.namePrefix === undefined ? 'stackName' : 'namePrefix', {
        message: `The physical names of the stack ${formatFound(name)} of ${config} start with "${own}" too.`,
        found: foundValue(own, `, which starts the names of the stack ${formatFound(name)} of ${config} too`),
        accepted: 'another start of names for each stack of a region',
        fix: 'change namePrefix or stackName of one of them',
      });
    }
  }

  /** Earlier versions stored local state in a file without the region in its name. */
  private checkFormerState(): void {
    const { config } = this.loaded;
    const { region } = config;
    const fileOf = (state: TerraformState) => (state.type === 'local' ? resolve(this.path, state.path) : '');
    const byDefault = (of: string | undefined) =>
      fileOf(terraformState({ ...config, region: of, backend: { type: 'local' } }));
    const [path, former] = [byDefault(region), byDefault(undefined)];
    if (region === undefined || fileOf(terraformState(config)) !== path) return;
    if (!existsSync(former) || existsSync(path)) return;
    this.refuse('backend', {
      message: `The file ${relative('.', former)} is a Terraform state of an earlier version, without the region in its name.`,
      found: `the state ${relative('.', former)}, without a region in its name`,
      accepted: 'a state for each region',
      fix: `if it is the state of ${region}, run: mv ${relative('.', former)} ${relative('.', path)}`,
    });
  }

  /** Records the config once the stack is synthesized. */
  claim(): void {
    const previous = this.previous();
    const { config, region } = this.origin;
    // If Terraform remembered the backend of another deployment, it would copy that state to this one.
    if (previous !== undefined && (previous.config !== config || previous.region !== region)) {
      rmSync(join(this.path, '.terraform', 'terraform.tfstate'), { force: true });
    }
    writeFileSync(join(this.path, MARKER), `${JSON.stringify(this.origin, undefined, 2)}\n`);
  }

  /** Removes the empty folders that the app created for a stack that is refused. */
  withdraw(): void {
    for (const path of this.missing) {
      if (existsSync(path) && readdirSync(path).length === 0) rmdirSync(path);
    }
  }

  private isTaken({ config, state }: Origin): boolean {
    if (config === this.origin.config || JSON.stringify(state) !== JSON.stringify(this.origin.state)) return false;
    // A config that was renamed or moved keeps its stack.
    return existsSync(resolve(this.path, config));
  }

  private previous(): Origin | undefined {
    return originIn(this.path);
  }

  private refuse(property: string, finding: Finding): never {
    throw new ConfigError([{ keys: [property], code: 'stack-in-use', ...finding }], shownPath(this.loaded.file));
  }
}

function originIn(folder: string): Origin | undefined {
  const marker = join(folder, MARKER);
  if (!existsSync(marker)) return undefined;
  try {
    return JSON.parse(readFileSync(marker, 'utf8'));
  } catch {
    return undefined;
  }
}
