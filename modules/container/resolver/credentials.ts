import { readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { AwsCredentials } from '../../orchestration/trigger/environment';
import { asText } from '../../orchestration/trigger/json';
import { jsonAnswer } from '../../orchestration/trigger/json-answer';
import { StartError } from '../../orchestration/trigger/start-error';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where ECS hands out the credentials of a container's role: https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html */
const CONTAINER_ENDPOINT = 'http://169.254.170.2';

/**
 * The job's own credentials: those of the environment, where somebody put them there, else those of the job's role.
 *
 * @throws StartError if there are none
 */
export async function jobCredentials(variables: Variables, timeoutMs: number): Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = variables;
  if (accessKeyId && secretAccessKey)
    return { accessKeyId, secretAccessKey, sessionToken: variables.AWS_SESSION_TOKEN };
  const relative = variables.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI;
  const url = relative ? `${CONTAINER_ENDPOINT}${relative}` : variables.AWS_CONTAINER_CREDENTIALS_FULL_URI;
  if (!url) throw new StartError('NoCredentials', 'the container has no AWS credentials', false);
  const answer = jsonAnswer(await get(url, authorization(variables), timeoutMs), url);
  const [id, secret] = [asText(answer.AccessKeyId), asText(answer.SecretAccessKey)];
  if (!id || !secret) throw new StartError('NoCredentials', `${url} handed out no credentials`, false);
  return { accessKeyId: id, secretAccessKey: secret, sessionToken: asText(answer.Token) };
}

function authorization(variables: Variables): string | undefined {
  const file = variables.AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE;
  return file ? readFileSync(file, 'utf8').trim() : variables.AWS_CONTAINER_AUTHORIZATION_TOKEN;
}

function get(address: string, token: string | undefined, timeoutMs: number): Promise<string> {
  const url = new URL(address);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const failed = (why: string) => new StartError('NoCredentials', `${address}: ${why}`, true);
  return new Promise((resolve, reject) => {
    const outgoing = send(url, { headers: token ? { authorization: token } : {}, timeout: timeoutMs }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', (error) => reject(failed(error.message)));
      incoming.on('end', () => {
        if (incoming.statusCode === 200) resolve(Buffer.concat(chunks).toString('utf8'));
        else reject(failed(`it answered ${incoming.statusCode}`));
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${timeoutMs} ms`)));
    outgoing.on('error', (error) => reject(failed(error.message)));
    outgoing.end();
  });
}
