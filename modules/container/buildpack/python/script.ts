import { readFileSync } from 'node:fs';
import { GENERATED, type Installation, PIP_INSTALL } from './installation';
import { requirements } from './requirement';
import { readToml, stringsAt, type Table } from './toml';

/**
 * The requirements and Python version in a script's inline metadata.
 *
 * @see https://packaging.python.org/en/latest/specifications/inline-script-metadata/
 */
export function scriptMetadata(entry: string): Table | undefined {
  const [, block] =
    /^# \/\/\/ script\s*\n((?:#(?:| .*)\n)+?)# \/\/\/\s*$/m.exec(readFileSync(entry, 'utf8').replace(/\r\n/g, '\n')) ??
    [];
  if (block === undefined) return undefined;
  const read = readToml(entry, block.replace(/^# ?/gm, ''));
  return 'table' in read && Array.isArray(read.table.dependencies) ? read.table : undefined;
}

/** The packages in a script's inline metadata. */
export function script(folder: string, metadata: Table): Installation {
  const lines = stringsAt(metadata, 'dependencies');
  return {
    folder,
    requirements: lines.map((line) => `${line}\n`).join(''),
    commands: [`${PIP_INSTALL} -r ${GENERATED}`],
    distributions: { installed: new Set(requirements(lines).map(({ name }) => name)), withheld: new Map() },
  };
}
