import type { Page } from 'playwright-core';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { Browser, browserAvailable, fits, seriousFindings } from '../engines/browser';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { StartedConsole } from './console-project';

/*
 * Runs with items of a deployed stack, as the page shows them: the state machine and the items function are the stack's own, children end as a
 * script says.
 */

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: { packaging: { type: 'prebuilt-image', properties: { image: 'busybox' } } },
        resources: { cpu: 1, memory: 512 },
        retryConfig: { attempts: 2, retryIntervalSeconds: 1 },
        forEach: { items: '$.detail.keys' },
      },
    },
  },
};

const EVENT = { detail: { keys: Array.from({ length: 60 }, (_, key) => `key-${key}`) } };

/** Every fifth item fails in both attempts. In the second, the failed ones are its children. */
const FAILED = [...Array(12).keys()];
const CHILDREN = {
  1: Object.fromEntries(FAILED.map((place) => [place * 5, place % 2 === 0 ? '3' : 'oom'])),
  2: Object.fromEntries(FAILED.map((place) => [place, place % 2 === 0 ? '3' : 'oom'])),
};

const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith([terraformAvailable(), moto, browserAvailable()], 'the console in a browser: a run with items', () => {
  let stack: OperatedStack;
  let started: StartedConsole;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stack = await operatedStack(config);
    await stack.script('report', { children: CHILDREN, lines: ['child {child} works'] });
    await stack.run('report', 'by-hand', EVENT);
    started = await StartedConsole.of(stack.spawn(['console', '--aws', '--json']));
    browser = await Browser.open();
    page = await browser.page(started.address);
  });
  afterAll(async () => {
    await browser?.close();
    await started?.stop();
    await stack?.stop();
  });
  afterEach(() => expect(browser.faults.splice(0)).toEqual([]));

  const open = (path: string) => page.goto(new URL(path, started.address).href);
  const titled = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  const items = () => page.getByRole('region', { name: /^Items/ });

  /** What keeps people from using the page, on a wide screen by day and on a phone by night. */
  async function obstacles(): Promise<string[]> {
    const found: string[] = [];
    for (const view of [{ width: 1280 }, { width: 390, theme: 'dark' as const }]) {
      await browser.look(page, view);
      await fits(page);
      found.push(...(await seriousFindings(page)));
    }
    await browser.look(page, { width: 1280 });
    return found;
  }

  it('shows how many failed, the failed ones first, and one bar for each attempt', async () => {
    await open('/aws/runs/by-hand');
    await titled('12 of 60 items failed');
    await items().getByText('60: 12 failed, 48 succeeded').waitFor();
    const cells = await items().getByRole('row').allTextContents();
    expect(cells.slice(0, 2)).toEqual(['ItemWhy it failed', '0Exit code 3']);
    expect(cells[2]).toMatch(/^5OutOfMemoryError: /);
    expect(cells).toHaveLength(11);
    await items().getByRole('button', { name: 'Show 2 more of 12 items' }).click();
    expect(await items().getByRole('row').count()).toBe(13);
    const rows = await page
      .getByRole('treegrid', { name: 'Timeline of the run' })
      .locator('[data-row]')
      .evaluateAll((elements) => elements.map((each) => String(each.getAttribute('aria-label'))));
    expect(rows.filter((row) => row.startsWith('Attempt'))).toEqual([
      expect.stringMatching(/^Attempt 1, 12 failed, 48 succeeded, failed, /),
      expect.stringMatching(/^Attempt 2, 12 failed, failed, /),
    ]);
    expect(await obstacles()).toEqual([]);
  });

  it('leads from an item to its own page, with its attempts and its log, and back', async () => {
    await open('/aws/runs/by-hand');
    await items().getByRole('link', { name: '5', exact: true }).click();
    await titled('Failed after 2 attempts');
    await page.getByText(/\/ item 5$/).waitFor();
    const log = page.getByRole('log', { name: 'Log lines' });
    await log.getByText('child 5 works').waitFor();
    await log.getByText('child 1 works').waitFor();
    expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
    expect(await obstacles()).toEqual([]);
    await page
      .getByRole('navigation')
      .getByRole('link', { name: 'by-hand' })
      .or(page.getByRole('link', { name: 'by-hand' }))
      .first()
      .click();
    await titled('12 of 60 items failed');
  });

  it('runs only the failed items again, after a question', async () => {
    await stack.script('report', {});
    await open('/aws/runs/by-hand');
    await page.getByRole('button', { name: 'Run failed again' }).click();
    const dialog = page.getByRole('dialog', { name: /^Run 12 items of report again/ });
    await dialog.getByRole('button', { name: 'Run failed again' }).click();
    await titled('Succeeded on attempt 1 of 2');
    await items().getByText('12: 12 succeeded').waitFor();
    expect(page.url()).toContain('/aws/runs/by-hand-rerun-1');
  });
});
