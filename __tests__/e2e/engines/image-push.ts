import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsApi } from './aws-api';

/** The tag of the image that a stack builds: the digest that its build context is stored by. */
export function builtTag(resource: { readonly aws_s3_object?: { readonly [id: string]: unknown } }): string {
  const keys = Object.values(resource.aws_s3_object ?? {}).map((object) => String((object as { key: unknown }).key));
  return keys.find((key) => key.endsWith('.tar.gz'))?.replace(/\.tar\.gz$/, '') ?? '';
}

/** Plays CodeBuild, which builds nothing without Docker: puts an image into a repository as soon as there is one. */
export async function pushImage(api: AwsApi, repositoryName: string, imageTag: string): Promise<void> {
  const imageManifest = JSON.stringify({ schemaVersion: 2, layers: [] });
  const body = { repositoryName, imageTag, imageManifest };
  for (const end = Date.now() + 300_000; Date.now() < end; await sleep(200)) {
    const done = await api.json('ecr', 'AmazonEC2ContainerRegistry_V20150921.PutImage', body).then(
      () => true,
      () => false,
    );
    if (done) return;
  }
  throw new Error('no repository within five minutes');
}
