import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { valueAt } from '../../modules/config/value-at';

/** The parts of a Terraform state, version 4, that are read. */
interface State {
  readonly resources?: readonly {
    readonly mode: 'managed' | 'data';
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes?: unknown }[];
  }[];
}

/** Timeout of `terraform state pull`, in milliseconds. */
const PULL_MS = 60_000;

/** What is known of a stack's deployment. */
export class DeployedStack {
  /** Region that it was deployed to, if it is known. */
  readonly region: string | undefined;
  /** Account that it was deployed to, if it is known. */
  readonly account: string | undefined;

  private constructor(
    private readonly attributes: ReadonlyMap<string, unknown>,
    /** Why no deployment was found; undefined if one was. */
    readonly missing?: string,
  ) {
    const of = (source: string, attribute: string) => {
      const address = [...attributes.keys()].find((name) => name.startsWith(`data.${source}.`));
      return address === undefined ? undefined : this.attribute(address, [attribute]);
    };
    this.region = of('aws_region', 'id');
    this.account = of('aws_caller_identity', 'account_id');
  }

  /**
   * Reads `terraform state pull` in the folder of a synthesized stack. `TERRAFORM_BINARY_NAME` names another program, as it does for
   * the CDKTF CLI.
   *
   * @param folder with `cdk.tf.json`, where Terraform has been initialized
   */
  static in(folder: string): DeployedStack {
    const none = (reason: string) => new DeployedStack(new Map(), reason);
    if (!existsSync(folder)) return none(`${folder} is not there`);
    const program = process.env.TERRAFORM_BINARY_NAME || 'terraform';
    const words = [`-chdir=${folder}`, 'state', 'pull', '-no-color'];
    const options = { env: process.env, encoding: 'utf8', maxBuffer: 2 ** 28, timeout: PULL_MS } as const;
    const { error, status, stdout, stderr } = spawnSync(program, words, options);
    if (error !== undefined) return none(`${program} does not run (${error.message})`);
    if (status !== 0) return none(`terraform state pull fails in ${folder}: ${firstSentence(stderr)}`);
    if (stdout.trim() === '') return none(`nothing is deployed from ${folder}`);
    try {
      return DeployedStack.of(JSON.parse(stdout));
    } catch {
      return none(`terraform state pull in ${folder} gives no JSON`);
    }
  }

  static of({ resources = [] }: State): DeployedStack {
    const attributes = resources.map(({ mode, type, name, instances }): [string, unknown] => {
      const address = `${type}.${name}`;
      return [mode === 'data' ? `data.${address}` : address, instances[0]?.attributes];
    });
    return new DeployedStack(new Map(attributes));
  }

  /**
   * The text of an attribute.
   *
   * @param address of the resource, `aws_sqs_queue.inbox` or `data.aws_region.current`
   * @param path keys and places, from the outside
   * @returns undefined if it is unknown or no text, number or boolean
   */
  attribute(address: string, path: readonly string[]): string | undefined {
    const value = valueAt(this.attributes.get(address), path);
    return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
  }
}

/** Terraform's errors have a frame, a headline, and advice over several lines; warnings may come before them. */
function firstSentence(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^[\s│╷╵]+/, ''));
  const line = lines.find((text) => text.startsWith('Error: ')) ?? lines.find((text) => text !== '');
  return line?.replace(/^Error: |[.:]$/g, '') ?? 'no reason given';
}
