import { readFileSync } from 'node:fs';
import { OPERATING_PAGE } from '../../../scripts/operating';
import { operatingOutputs, unvarying } from '../../../scripts/operating/outputs';
import { fenced, withPart } from '../../../scripts/page-part';
import { runCommand } from '../engines/command';
import { unavailable } from '../engines/moto';
import { describeWith, terraformAvailable } from '../engines/terraform';

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto], 'the page about operating', () => {
  it('shows what the commands print on a terminal: npm run docs:operating', async () => {
    const { status } = await runCommand('script', ['--version'], { cwd: '/', env: process.env, timeLimit: 60 });
    expect(status).toBe(0);
    const written = readFileSync(OPERATING_PAGE, 'utf8');
    let made = written;
    const outputs = await operatingOutputs();
    for (const [name, output] of outputs) {
      made = withPart(made, name, fenced(output));
      expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(76);
    }
    expect(unvarying(written)).toBe(unvarying(made));
    // Each part of the page is an output.
    expect([...written.matchAll(/<!-- (\w+) -->/g)].map(([, name]) => name).sort()).toEqual([...outputs.keys()].sort());
  });
});
