import { formatCount } from '../../../modules/problems/phrases';
import type { Confirmed } from '../aws/connection';
import { RequestError } from './route';

/** The body of a request that changes something in AWS. */
export class AwsBody {
  private readonly fields: { readonly [name: string]: unknown };

  /** @throws RequestError if it is no object */
  constructor(body: unknown) {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new RequestError(400, 'The body must be a JSON object.');
    }
    this.fields = body as { readonly [name: string]: unknown };
  }

  /** The account and region that a person has confirmed. */
  get place(): Confirmed {
    return { account: this.text('account'), region: this.text('region') };
  }

  /** @throws RequestError if it is missing or empty */
  text(name: string): string {
    const value = this.optionalText(name);
    if (value === undefined) throw new RequestError(400, `The body has no "${name}".`);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value === 'string') return value;
    throw new RequestError(400, `"${name}" must be a string.`);
  }

  ids(name: string, most: number): readonly string[] {
    const value = this.fields[name];
    const isList = Array.isArray(value) && value.every((id) => typeof id === 'string' && id !== '');
    if (isList && value.length > 0 && value.length <= most) return value as readonly string[];
    throw new RequestError(400, `"${name}" must be a list of 1 to ${formatCount(most)} IDs.`);
  }
}
