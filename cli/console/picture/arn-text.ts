import type { Names } from './names';
import { type Readable, reference, THIS_ACCOUNT } from './readable';

/** Describes resources of IAM statements: ARNs, patterns of them, and expressions that become ARNs. */
export class ArnText {
  constructor(
    private readonly names: Names,
    private readonly readable: Readable,
  ) {}

  /** `bucket archive`, `every cluster`, or the ARN itself if nothing shorter says the same. */
  of(pattern: string): string {
    if (pattern === '*') return 'any resource';
    const { address, attribute = '', rest = '' } = reference(pattern) ?? {};
    const name = address === undefined ? undefined : this.names.of(address);
    if (name === undefined || address?.startsWith('data.aws_partition.')) return this.arn(this.readable.text(pattern));
    return inside(attribute.includes('secret_arn') ? `the secret of ${name}` : name, this.readable.text(rest));
  }

  private arn(text: string): string {
    const [, , service = '', region = '', account = '', ...more] = text.split(':');
    const resource = more.join(':');
    if (!text.startsWith('arn:') || resource === '') return text;
    // Another account, region or partition is a difference that must be seen.
    const isHere = account === THIS_ACCOUNT && region !== '';
    const everywhere = account === '*' && region === '*';
    if (!isHere && !everywhere) return text;
    const [, type = '', name = ''] = /^([a-zA-Z-]+)[/:](.+)$/.exec(resource) ?? [];
    if (type === '') return `${service} ${resource}`;
    const where = everywhere ? ' in any region and account' : region === '*' ? ' in any region' : '';
    const noun = `${service} ${type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}`;
    return name === '*' ? `every ${noun}${where}` : `${noun} ${name}${where}`;
  }
}

/** A resource and the part of its ARN after it: `/*` is all that is in it, `/reports/*` what begins so. */
function inside(name: string, rest: string): string {
  if (rest === '' || rest === '/*' || rest === ':*') return name;
  if (rest === '/index/*') return `the indexes of ${name}`;
  const prefix = /^\/(.+)\*$/.exec(rest)?.[1];
  return prefix === undefined ? `${name}, only ${rest.replace(/^[/:]/, '')},` : `${name} below ${prefix}`;
}
