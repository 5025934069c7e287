import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answers, ConfigFormat, Language } from './answers';
import type { TestRunner } from './project-folder';

/** The values in the templates that the answers replace. */
const TEMPLATE = { name: 'batch-jobs-example', region: 'eu-west-1', job: 'jobs/nightly-report.ts' };

/** Name of the example's job. */
export const JOB = 'nightlyReport';

/** Paths of the example's job, its test, and the file that they import. */
export const JOB_FILES: { readonly [language in Language]: { readonly job: string; readonly test: string } } = {
  typescript: { job: TEMPLATE.job, test: 'jobs/nightly-report.test.ts' },
  python: { job: 'jobs/nightly_report.py', test: 'jobs/test_nightly_report.py' },
};

/** The module that Python jobs import instead of `cdktf-batch-jobs/job`. */
const PYTHON_MODULE = 'jobs/batch_job.py';

export const CONFIG_FILES: { readonly [format in ConfigFormat]: string } = {
  typescript: 'batch-jobs.config.ts',
  yaml: 'batch-jobs.config.yml',
};

/** The files of a project's job, by their paths. */
export function jobFiles(language: Language, runner: TestRunner): Map<string, string> {
  const { job, test } = JOB_FILES[language];
  if (language === 'typescript') {
    return new Map([
      [job, source(job)],
      [test, forRunner(source(test), runner)],
    ]);
  }
  return new Map([
    [job, own('nightly_report.py')],
    [test, own('test_nightly_report.py')],
    [PYTHON_MODULE, source('job/batch_job.py')],
  ]);
}

/** The config of the example's job. */
export function configFile({ name, language, configFormat }: Answers, region = TEMPLATE.region): string {
  const file = CONFIG_FILES[configFormat];
  const template = configFormat === 'yaml' ? own(file) : source(file);
  return template
    .replace(TEMPLATE.name, name)
    .replace(TEMPLATE.region, region)
    .replace(TEMPLATE.job, JOB_FILES[language].job);
}

/** The program that `cdktf synth` runs. */
export function mainFile(): string {
  return source('main.ts');
}

/** The settings of the CDKTF CLI. */
export function cdktfSettings(): string {
  const settings = {
    language: 'typescript',
    app: 'npx tsx main.ts',
    projectId: randomUUID(),
    sendCrashReports: 'false',
    terraformProviders: [],
    terraformModules: [],
    context: {},
  };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** The settings of the TypeScript compiler, which only checks types: tsx and esbuild need no compiled files. */
export function compilerSettings(): string {
  const compilerOptions = {
    target: 'ES2022',
    module: 'node16',
    moduleResolution: 'node16',
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const settings = { compilerOptions, include: ['**/*.ts'], exclude: ['node_modules', 'cdktf.out'] };
  return `${JSON.stringify(settings, undefined, 2)}\n`;
}

/** The job's test for the test runner of the project. */
function forRunner(test: string, runner: TestRunner): string {
  // Jest's functions are global.
  const replacement = { node: undefined, jest: '', vitest: "import { test } from 'vitest';\n" }[runner];
  return replacement === undefined ? test : test.replace("import { test } from 'node:test';\n", replacement);
}

/** The text of a file of this repository that is used as a template. */
function source(path: string): string {
  return readFileSync(join(__dirname, '../..', path), 'utf8');
}

/** A file that only a new project has. */
function own(path: string): string {
  return readFileSync(join(__dirname, 'templates', path), 'utf8');
}
