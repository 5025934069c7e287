import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { planJson } from '../../../cli/deploy/commands';
import { type PlanSummary, planSummary } from '../../../cli/deploy/plan-summary';
import { planText } from '../../../cli/deploy/plan-text';
import { stackOf } from '../../../cli/deploy/synthesized-stack';
import { fenced, withPart } from '../../../scripts/page-part';
import { type Deployment, deploy } from '../engines/deployment';
import { emulatorAvailable } from '../engines/ministack';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { synthesize } from '../synthesize';
import { applied, changes, sample } from './told';

/** Wide enough for one line a sentence. */
const WIDTH = 5000;

/** Columns of code in the documentation. */
const CODE_WIDTH = 76;

// One stack is applied once, and real Terraform plans each change of it.
describeWith([terraformAvailable(), emulatorAvailable()], 'diff', () => {
  let deployment: Deployment;

  beforeAll(async () => {
    const first = synthesize(applied);
    try {
      deployment = await deploy(first.dir);
    } finally {
      first.dispose();
    }
  });

  afterAll(async () => deployment?.dispose());

  /** What the plan for a config says, where `edit` can change the Terraform JSON before. */
  async function planned(
    config: typeof applied,
    edit: (text: string) => string = (text) => text,
  ): Promise<PlanSummary> {
    const synthesized = synthesize(config);
    try {
      const file = join(synthesized.dir, 'cdk.tf.json');
      const text = edit(readFileSync(file, 'utf8'));
      writeFileSync(file, text);
      return planSummary(stackOf('told', '.', JSON.parse(text)), await deployment.copy.planOf(synthesized.dir));
    } finally {
      synthesized.dispose();
    }
  }

  /** The lines of a plan, with one gap between their columns. */
  const linesOf = (summary: PlanSummary) =>
    planText(summary, WIDTH).map((line) => line.replace(/(?<=\S) {2,}/g, '   '));

  describe.each(Object.entries(changes))('tells %s', (_, { after, loses, told }) => {
    let summary: PlanSummary;

    beforeAll(async () => {
      summary = await planned(after);
    });

    it.each(Object.entries(told))('%s', (__, lines) => {
      const all = linesOf(summary);
      for (const line of lines) expect(all).toContainEqual(line);
    });

    it('whether anything is lost', () => expect(planJson(summary).loses).toBe(loses));

    it('in 80 columns', () => {
      for (const line of planText(summary, 80)) expect(line.length).toBeLessThanOrEqual(80);
    });
  });

  it('tells the plan that the page about deploying shows', async () => {
    const page = readFileSync(join(__dirname, '../../../docs/deploy.md'), 'utf8');
    const summary = await planned(sample);
    const text = planText(summary, CODE_WIDTH).join('\n');
    // What AWS answers is in `lost-runs.test.ts`: runs have such names.
    const lost = summary.owners.flatMap(({ parts }) => parts.flatMap(({ runsIn }) => runsIn));
    const names = ['0c31f2', '77ab01', 'e9d405'].map((hash) => `etl-${hash.padEnd(32, hash)}`);
    const asked = planText({ ...summary, runs: new Map(lost.map((arn) => [arn, names])) }, CODE_WIDTH);
    const warning = asked
      .slice(
        asked.findIndex((line) => /^ {2}Runs {2}/.test(line)),
        -2,
      )
      .join('\n');
    expect(warning.replace(/\s+/g, ' ')).toContain('(now 3: etl-0c31f2');
    expect(page).toBe(withPart(withPart(page, 'plan', fenced(text)), 'plan-aws', fenced(warning)));
  });

  it('tells what only moves in the state, and what Terraform is to forget', async () => {
    const edit = (text: string) => {
      const [, name = ''] = /"(alerts_\w+)": \{/.exec(text) ?? [];
      const document = JSON.parse(text.replaceAll(name, 'moved_topic'));
      const [bucket = ''] = Object.keys(document.resource.aws_cloudwatch_event_bus);
      delete document.resource.aws_cloudwatch_event_bus;
      document.moved = [{ from: `aws_sns_topic.${name}`, to: 'aws_sns_topic.moved_topic' }];
      document.removed = [{ from: `aws_cloudwatch_event_bus.${bucket}`, lifecycle: [{ destroy: false }] }];
      return JSON.stringify(document);
    };
    const summary = await planned(applied, edit);
    expect(summary.counts).toMatchObject({ move: 1, forget: 1, destroy: 0 });
    expect(linesOf(summary)).toContain('  1 resource only gets another address in the state');
    expect(planJson(summary).loses).toBe(false);
  });
});
