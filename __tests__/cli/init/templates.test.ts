import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import example from '../../../batch-jobs.config';
import { type Answers, CONFIG_FORMATS, LANGUAGES } from '../../../cli/init/answers';
import { readme } from '../../../cli/init/readme';
import { configFile, JOB, JOB_FILES, jobFiles } from '../../../cli/init/templates';
import { parse } from '../../../modules/config/parse';
import { batchJobsConfig } from '../../../modules/stack-config/config';

const ROOT = join(__dirname, '../../..');
const ANSWERS: Answers = { name: 'reports', language: 'typescript', configFormat: 'yaml' };

it('the config in YAML is the one in TypeScript', () => {
  const yaml = parseYaml(configFile({ ...ANSWERS, name: 'batch-jobs-example' }));
  expect(yaml).toEqual(example);
  expect(Object.keys(yaml.resources)).toEqual([JOB]);
  expect(() => parse(batchJobsConfig, yaml, 'batch-jobs.config.yml')).not.toThrow();
});

it('its first line leads editors to the schema that the package has', () => {
  const [, path = ''] =
    /^# yaml-language-server: \$schema=\.\/node_modules\/cdktf-batch-jobs\/(\S+)\n/.exec(configFile(ANSWERS)) ?? [];
  expect(existsSync(join(ROOT, path))).toBe(true);
});

it.each(LANGUAGES.flatMap((language) => CONFIG_FORMATS.map((configFormat) => ({ language, configFormat }))))(
  'name, region and entry file are those of the project: %j',
  (choice) => {
    const text = configFile({ name: 'reports', ...choice }, 'us-east-2');
    expect(text).toContain('reports');
    expect(text).toContain('us-east-2');
    expect(text).toContain(JOB_FILES[choice.language].job);
    expect(text).not.toMatch(/batch-jobs-example|eu-west-1/);
    expect([...jobFiles(choice.language, 'node').keys()]).toContain(JOB_FILES[choice.language].job);
  },
);

it("a README names what the project has, in its package manager's words", () => {
  const page = readme({ name: 'reports', language: 'python', configFormat: 'yaml' }, 'pnpm');
  expect(page).toMatch(/^# reports\n/);
  expect(page).toContain('`pnpm install`');
  expect(page).toContain('`pnpm run local nightlyReport`');
  expect(page).toContain('`batch-jobs.config.yml`');
  expect(page).toContain('`jobs/test_nightly_report.py`');
});
