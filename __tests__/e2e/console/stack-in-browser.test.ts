import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describeWith } from '../engines/availability';
import { Browser, browserAvailable, eventually, fits } from '../engines/browser';
import { ConsoleProject, type StartedConsole } from './console-project';

/*
 * The stack as a picture in a real browser, its boxes, and what the page says of a config that somebody breaks and mends.
 */

const CONFIG = 'batch-jobs.config.ts';

/** `memory` is missing in line 8. */
const WITHOUT_MEMORY = `stackName: shop
region: eu-west-1
resources:
  nightly:
    type: batch-job
    properties:
      container: { packaging: { type: prebuilt-image, properties: { image: busybox } } }
      resources: { cpu: 1, memory: 1 }
`;

/** A function that a queue with a dead-letter queue and a schedule invoke, next to a job. */
const WITH_FUNCTION = `stackName: shop
region: eu-west-1
resources:
  orders: { type: dynamo-db-table, properties: { primaryKey: { partitionKey: { name: id, type: string } } } }
  lost: { type: sqs-queue }
  inbox: { type: sqs-queue, properties: { redrivePolicy: { targetSqsQueueName: lost, maxReceiveCount: 3 } } }
  nightly:
    type: batch-job
    properties:
      container: { packaging: { type: prebuilt-image, properties: { image: busybox } } }
      resources: { cpu: 1, memory: 512 }
  tally:
    type: function
    properties:
      packaging: { type: stacktape-lambda-buildpack, properties: { entryfilePath: tally.ts } }
      connectTo: [orders]
      events:
        - { type: sqs, properties: { sqsQueueName: inbox } }
        - { type: schedule, properties: { scheduleRate: rate(5 minutes) } }
`;

/** A config of many jobs, as JSON. */
function manyJobs(count: number): string {
  const job = (index: number) => ({
    type: 'batch-job',
    properties: {
      container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
      resources: { cpu: 1, memory: 512 },
      events: [{ type: 'schedule', properties: { scheduleRate: `rate(${index + 2} hours)` } }],
    },
  });
  const jobs = Array.from({ length: count }, (_, index) => [`importOfWarehouse${index + 1}`, job(index)]);
  return JSON.stringify({ stackName: 'warehouses', region: 'eu-west-1', resources: Object.fromEntries(jobs) });
}

describeWith([browserAvailable()], 'the console in a browser: the stack', () => {
  let browser: Browser;
  let example: string;
  const projects: ConsoleProject[] = [];

  beforeAll(async () => {
    browser = await Browser.open();
  });
  afterAll(async () => {
    await browser?.close();
  });
  afterEach(async () => {
    for (const project of projects.splice(0)) await project.close();
    expect(browser.faults.splice(0)).toEqual([]);
  });

  async function opened(project: ConsoleProject): Promise<{ page: Page; console: StartedConsole }> {
    projects.push(project);
    const console = await project.console();
    return { page: await browser.page(console.address), console };
  }

  it('opens a box: settings, permissions, costs, and the JSON of its resources', async () => {
    const { page } = await opened(ConsoleProject.example());
    await page.getByText(/^1 job, \d+ resources from batch-jobs\.config\.ts\.$/).waitFor();
    const costs = page.getByRole('region', { name: 'Instances and costs' });
    await eventually(async () => {
      const text = await costs.textContent();
      expect(text).toContain('c6i.large, 1 job at once');
      expect(text).toContain('$0 per month, without what is stored');
      expect(text).toContain("us-east-1's price");
    });
    const band = page.getByRole('article', { name: 'nightlyReport' });
    await band.getByRole('link', { name: /^Schedule cron/ }).waitFor();
    await band.getByRole('link', { name: /^Spot/ }).waitFor();
    await band.getByRole('link', { name: 'nightlyReport', exact: true }).click();
    const details = page.getByRole('complementary', { name: 'Details of nightlyReport' });
    await details.getByText('memory', { exact: false }).first().waitFor();
    await eventually(async () => expect(await details.textContent()).toMatch(/1800 MiB/));
    await details.getByRole('button', { name: 'Permissions' }).click();
    await eventually(async () => expect(await details.getByRole('listitem').count()).toBeGreaterThan(3));
    await details.getByRole('button', { name: 'Costs' }).click();
    await eventually(async () => expect(await details.textContent()).toMatch(/\$/));
    await details.getByRole('button', { name: /^Resources \d+/ }).click();
    await details.getByText(/^aws_batch_job_definition\./).click();
    await eventually(async () => {
      const json = JSON.parse((await details.locator('pre').first().textContent()) ?? '');
      expect(json).toMatchObject({ type: 'container', retry_strategy: expect.anything() });
    });
    expect(new URL(page.url()).hash).toBe('#nightlyReport');
    // The focus goes back to the box.
    await page.keyboard.press('Escape');
    await details.waitFor({ state: 'detached' });
    const focused = () => page.evaluate('document.activeElement.textContent');
    await eventually(async () => expect(await focused()).toBe('nightlyReport'));
    await page.close();
  });

  it('says what is wrong with a config that is broken, and follows when it is mended', async () => {
    const project = ConsoleProject.example();
    const { page } = await opened(project);
    await page.getByRole('article', { name: 'nightlyReport' }).waitFor();
    example = readFileSync(join(project.folder, CONFIG), 'utf8');
    const problems = page.getByRole('region', { name: 'Problems of the config' });

    project.write(CONFIG, example.replace('memory: 1800', 'memory: 1').replace('timeout: 1200', 'timeuot: 1200'));
    await problems.getByText(/^The config has 2 problems\./).waitFor();
    const cards = problems.getByRole('listitem');
    expect(await cards.count()).toBe(2);
    await cards.filter({ hasText: 'resources.nightlyReport.properties.resources.memory' }).waitFor();
    await cards
      .filter({ hasText: 'timeuot' })
      .getByText(/timeout/)
      .first()
      .waitFor();
    expect(await page.locator('.is-old').getByRole('article', { name: 'nightlyReport' }).count()).toBe(1);

    project.write(CONFIG, example.replace('resources: {', 'resources: {{'));
    await problems.getByText(/The config has 1 problem\.|could not be synthesized/).waitFor();

    // What is thrown can't turn the text around it, and a loop is no silence.
    project.write(CONFIG, "throw new Error('\\u202egnp.exe');\n");
    await problems.getByText('The config failed to load: \\u202egnp.exe').waitFor();
    project.write(CONFIG, 'for (;;);\n');
    await page.getByText(/^Reading batch-jobs\.config\.ts\. Until/).waitFor();

    project.write(CONFIG, example.replaceAll('nightlyReport', 'hourlyReport'));
    await page.getByRole('article', { name: 'hourlyReport' }).waitFor();
    await problems.waitFor({ state: 'detached' });
    expect(await page.locator('.is-old').count()).toBe(0);
    await page.close();
  });

  it('starts with a config that is broken', async () => {
    const project = new ConsoleProject({ 'batch-jobs.config.yml': 'stackName: shop\nregion: [\n' });
    const { page } = await opened(project);
    const problems = page.getByRole('region', { name: 'Problems of the config' });
    await problems
      .getByText(/^batch-jobs\.config\.yml:\d/)
      .first()
      .waitFor();
    await page.getByText(/^The config has 1 problem\.|could not be synthesized/).waitFor();
    project.write('batch-jobs.config.yml', WITHOUT_MEMORY);
    const place = problems.getByRole('listitem').filter({ hasText: 'resources.nightly.properties.resources' });
    await place.getByText(/^batch-jobs\.config\.yml:8:\d+$/).waitFor();
    project.write('batch-jobs.config.yml', manyJobs(1));
    await page.getByRole('article', { name: 'importOfWarehouse1' }).waitFor();
    await page.getByRole('heading', { level: 1, name: 'warehouses' }).waitFor();
    await page.getByRole('banner').getByText('warehouses').waitFor();
    await page.close();
  });

  it('draws a function like a job, and opens its events', async () => {
    const files = { 'batch-jobs.config.yml': WITH_FUNCTION, 'tally.ts': 'export const handler = async () => 1;\n' };
    const { page } = await opened(new ConsoleProject(files));
    await page.getByText(/^1 job, 1 function, \d+ resources from/).waitFor();
    const band = page.getByRole('region', { name: 'Functions', exact: true }).getByRole('article', { name: 'tally' });
    for (const name of [
      /^Schedule rate/,
      /^Lambda nodejs/,
      /^orders table/,
      /^Undelivered events/,
      /^lost dead-letter/,
    ]) {
      await band.getByRole('link', { name }).waitFor();
    }
    await band.getByRole('link', { name: /^Queue inbox up to 10 messages an invocation/ }).click();
    const event = page.getByRole('complementary', { name: 'Details of Queue inbox' });
    await event.getByText('SQS queue name', { exact: true }).waitFor();
    await event.getByRole('button', { name: /^Resources \d+/ }).click();
    await event.getByText(/^aws_lambda_event_source_mapping\./).waitFor();
    await page.keyboard.press('Escape');
    await band.getByRole('link', { name: 'tally', exact: true }).click();
    const details = page.getByRole('complementary', { name: 'Details of tally' });
    await details.getByRole('button', { name: 'Permissions' }).click();
    await details.getByRole('heading', { name: 'The function', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    for (const width of [1280, 390]) {
      await browser.look(page, { width });
      await fits(page);
    }
    await page.close();
  });

  it('keeps a stack of 30 jobs readable', async () => {
    const { page } = await opened(new ConsoleProject({ 'batch-jobs.config.json': manyJobs(30) }));
    const jobs = page.getByRole('region', { name: 'Jobs', exact: true });
    await jobs.getByRole('link', { name: 'importOfWarehouse30' }).waitFor();
    for (const width of [1280, 640, 390, 320]) {
      await browser.look(page, { width });
      await fits(page);
    }
    await browser.look(page, {});
    // Thirty lines of a job each are higher than a screen, and not higher than three.
    expect((await jobs.boundingBox())?.height).toBeLessThan(3 * 900);
    await page.keyboard.press('/');
    await page.keyboard.type('warehouse12');
    await page.getByText('1 of 30 jobs').waitFor();
    await jobs.getByRole('button', { name: 'Band of importOfWarehouse12' }).click();
    await jobs.getByRole('article', { name: 'importOfWarehouse12' }).waitFor();
    await page.getByRole('textbox', { name: 'Filter jobs' }).fill('nothing has this');
    await page.getByText('No job matches.').waitFor();
    await page.close();
  });
});
