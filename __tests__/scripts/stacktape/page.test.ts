import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Testing } from 'cdktf';
import { summary } from '../../../cli/synthesis/summary';
import { loadConfig } from '../../../modules/load';
import { prepareTriggerBundle } from '../../../modules/orchestration/trigger-bundle';
import { ConfigError } from '../../../modules/problems/config-error';
import { BatchJobsStack } from '../../../modules/stack';
import { DIFFERENCES } from '../../../scripts/stacktape/page';
import { Synthesis } from '../../synthesis';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'differences-'));
  writeFileSync(join(folder, 'sorter.ts'), 'export default async () => {};\n');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  process.env.STAGE = 'late-summer';
});

/** What the real loader, check and synthesis make of a config. */
async function synthesized(config: object) {
  const file = join(folder, 'stacktape.json');
  writeFileSync(file, JSON.stringify(config));
  try {
    const loaded = await loadConfig(file, prepareTriggerBundle());
    const stack = new BatchJobsStack(Testing.app(), loaded);
    const text = summary(loaded.config, stack, { configFile: file, outdir: 'out', hints: loaded.hints });
    return {
      refused: [],
      hints: [...text.matchAll(/^Hint: (.*)$/gm)].map(([, hint]) => hint),
      synthesis: new Synthesis(stack),
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { refused: error.problems.map(({ path, fix }) => [path, fix]), hints: [], synthesis: undefined };
  }
}

/** Matches what has these arguments, among others, at every depth. */
function having(expected: unknown): unknown {
  if (expected instanceof RegExp) return expect.stringMatching(expected);
  if (Array.isArray(expected)) return expected.map(having);
  if (typeof expected !== 'object' || expected === null) return expected;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, having(value)])),
  );
}

describe.each(Object.entries(DIFFERENCES))('%s', (_about, differences) => {
  it.each(differences.map((difference) => [difference.stacktape, difference] as const))('%s', async (_name, row) => {
    const { creates = {}, hint, refused = [] } = row.outcome;
    const given = await synthesized(row.config);
    expect(given.refused).toEqual(refused.map(([path, fix]) => [path, expect.stringContaining(fix)]));
    for (const [type, part] of Object.entries(creates)) expect(given.synthesis?.all(type)).toContainEqual(having(part));
    if (hint !== undefined) expect(given.hints).toContainEqual(expect.stringMatching(new RegExp(`^${hint}: `)));
    // A row that claims nothing would pass with any config.
    expect([...refused.map(([, fix]) => fix), ...Object.keys(creates), hint ?? '']).not.toEqual(['']);
    expect(refused.map(([, fix]) => fix)).not.toContain('');
  });

  const changes = differences.flatMap(({ stacktape, changed }) =>
    changed === undefined ? [] : [[stacktape, changed] as const],
  );
  if (changes.length > 0) {
    it.each(changes)('passes once this is changed: %s', async (_name, changed) => {
      expect((await synthesized(changed)).refused).toEqual([]);
    });
  }
});
