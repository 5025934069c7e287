import { writeFileSync } from 'node:fs';
import { loadConfig } from '../../modules/load';
import { prepareTriggerBundle } from '../../modules/orchestration/trigger-bundle';
import { withoutTokenTraces } from '../../modules/terraform/token-traces';
import { DONE } from '../command/exit-code';
import { synthesizedPicture } from '../console/picture/picture';
import { mermaid } from './mermaid';
import { svg } from './svg';

export interface DiagramOptions {
  readonly format: 'svg' | 'mermaid';
  readonly out?: string;
  readonly json: boolean;
}

/**
 * Prints or writes the picture of the config's stack.
 *
 * @throws ConfigError if the config cannot be synthesized
 */
export async function diagram({ format, out, json }: DiagramOptions): Promise<number> {
  const loaded = await loadConfig(undefined, prepareTriggerBundle());
  const { picture } = withoutTokenTraces(() => synthesizedPicture(loaded));
  const text = json ? `${JSON.stringify(picture, undefined, 2)}\n` : format === 'svg' ? svg(picture) : mermaid(picture);
  if (out === undefined) {
    process.stdout.write(text);
    return DONE;
  }
  writeFileSync(out, text);
  console.log(json ? JSON.stringify({ file: out }) : `Wrote ${out}`);
  return DONE;
}
