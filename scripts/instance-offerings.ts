import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file with the table that this script writes. */
export const OFFERINGS_FILE = join(__dirname, '..', 'modules', 'rules', 'instance-offerings.ts');

const LINE_LENGTH = 134;

/** One of the offerings that `aws ec2 describe-instance-type-offerings` lists. */
export interface Offering {
  readonly InstanceType: string;
  /** The region. */
  readonly Location: string;
}

/** The source code of the table with other offerings. */
export function withOfferings(source: string, offerings: readonly Offering[]): string {
  const byRegion = new Map<string, Set<string>>();
  for (const { InstanceType, Location } of offerings) {
    const families = byRegion.get(Location) ?? new Set();
    byRegion.set(Location, families.add(InstanceType.split('.')[0] ?? InstanceType));
  }
  const rows = [...byRegion]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, families]) => `  '${region}': \`\n${lines([...families].sort()).join('\n')}\`,`);
  return source.replace(/(?<=^const FAMILIES[^\n]*\n)[\s\S]*?(?=^\};$)/m, () => `${rows.join('\n')}\n`);
}

function lines(words: readonly string[]): string[] {
  const filled: string[] = [];
  for (const word of words) {
    const last = filled.at(-1);
    if (last === undefined || last.length + 1 + word.length > LINE_LENGTH) filled.push(`    ${word}`);
    else filled.splice(-1, 1, `${last} ${word}`);
  }
  return filled;
}

/** Reads the output of `aws ec2 describe-instance-type-offerings --region <region>` from files, one for each region. */
function main(files: readonly string[]): void {
  const offerings = files.flatMap((file): Offering[] => JSON.parse(readFileSync(file, 'utf8')).InstanceTypeOfferings);
  if (offerings.length === 0)
    throw new Error('Name the files with the output of aws ec2 describe-instance-type-offerings, one for each region.');
  writeFileSync(OFFERINGS_FILE, withOfferings(readFileSync(OFFERINGS_FILE, 'utf8'), offerings));
}

if (require.main === module) main(process.argv.slice(2));
