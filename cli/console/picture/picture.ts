import { relative } from 'node:path';
import type { LoadedConfig } from '../../../modules/config/load';
import { documentOf, stackInMemory } from '../../local/stack-in-memory';
import type { StackPicture } from '../model/stack';

/** A picture, and the JSON of the resources in it. */
export interface SynthesizedPicture {
  readonly picture: StackPicture;
  /** The JSON of each resource and data source by address, as Terraform gets it. */
  readonly resources: Readonly<Record<string, unknown>>;
}

/** The stack of a config as a picture. */
export function synthesizedPicture(loaded: LoadedConfig, workingFolder = process.cwd()): SynthesizedPicture {
  const document = documentOf(stackInMemory(loaded)) as { resource?: Record<string, Record<string, unknown>> };
  const resources = Object.fromEntries(
    Object.entries(document.resource ?? {}).flatMap(([type, items]) =>
      Object.entries(items).map(([name, item]) => [`${type}.${name}`, item]),
    ),
  );
  const { stackName, region } = loaded.config;
  const configFile = relative(workingFolder, loaded.file);
  const resourceCount = Object.keys(resources).length;
  return { picture: { stackName, region, configFile, resourceCount, jobs: [], shared: [] }, resources };
}
