import { sign } from 'aws4';
import type { Emulator } from './ministack';

/** Requests to AWS services at an emulator, in the few forms that their APIs have: an SDK client for each would be a dependency for each. */
export class AwsApi {
  constructor(
    private readonly emulator: Pick<Emulator, 'endpoint' | 'credentials'>,
    private readonly region: string,
  ) {}

  /** A service of the JSON protocol: `target` is its prefix and operation, such as `AmazonSQS.SendMessage`. */
  async json<Answer = unknown>(service: string, target: string, body: object): Promise<Answer> {
    const text = await this.send(service, 'POST', '/', JSON.stringify(body), {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': target,
    });
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }

  /** A service of the query protocol. */
  query(service: string, parameters: { readonly [name: string]: string }): Promise<string> {
    return this.send(service, 'POST', '/', new URLSearchParams(parameters).toString(), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
  }

  /** A service of the REST protocol with JSON, such as Lambda and API Gateway. */
  async rest<Answer = unknown>(service: string, method: string, path: string, body?: object): Promise<Answer> {
    const headers = { 'Content-Type': 'application/json' };
    const text = await this.send(service, method, path, body === undefined ? '' : JSON.stringify(body), headers);
    return (text === '' ? {} : JSON.parse(text)) as Answer;
  }

  /** Puts an S3 object. */
  putObject(bucket: string, key: string, body: string): Promise<string> {
    return this.send('s3', 'PUT', `/${bucket}/${key}`, body, {});
  }

  /** Gets an S3 object's text. */
  getObject(bucket: string, key: string): Promise<string> {
    return this.send('s3', 'GET', `/${bucket}/${key}`, '', {});
  }

  /** Deletes an S3 object. */
  deleteObject(bucket: string, key: string): Promise<string> {
    return this.send('s3', 'DELETE', `/${bucket}/${key}`, '', {});
  }

  /** Invokes a Lambda function without an event. */
  invoke(name: string): Promise<string> {
    return this.send('lambda', 'POST', `/2015-03-31/functions/${name}/invocations`, '{}', {});
  }

  private async send(
    service: string,
    method: string,
    path: string,
    body: string,
    headers: { readonly [name: string]: string },
  ): Promise<string> {
    const { host } = new URL(this.emulator.endpoint);
    const signed = sign(
      { host, method, path, body, headers: { ...headers }, service, region: this.region },
      this.emulator.credentials,
    );
    const { Host: _, 'Content-Length': __, ...sent } = signed.headers as { [name: string]: string };
    const response = await fetch(`${this.emulator.endpoint}${path}`, {
      method,
      body: method === 'GET' ? undefined : body,
      headers: sent,
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${service} ${method} ${path}: ${response.status} ${text}`);
    return text;
  }
}
