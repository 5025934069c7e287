import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { describeWith } from '../engines/availability';
import { Browser, browserAvailable, eventually } from '../engines/browser';
import { freePort } from '../engines/free-port';
import { ConsoleProject, type StartedConsole } from './console-project';

/*
 * The example's job, run from the page in a real browser as a plain process: it fails, is reclaimed and succeeds, and the page tells it.
 */

describeWith([browserAvailable()], 'the console in a browser: runs on this machine', () => {
  let project: ConsoleProject;
  let started: StartedConsole;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    project = ConsoleProject.example();
    // Nobody takes its port while it is started again.
    started = await project.console('--port', String(await freePort()));
    browser = await Browser.open();
    page = await browser.page(started.address);
  });
  afterAll(async () => {
    await browser?.close();
    await project?.close();
  });
  afterEach(() => expect(browser.faults.splice(0)).toEqual([]));

  const link = (name: string | RegExp) => page.getByRole('link', { name });
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const title = () => page.getByRole('heading', { level: 1 });
  const titled = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
  const timeline = () => page.getByRole('treegrid', { name: 'Timeline of the run' });
  const rows = () => names(timeline().locator('[data-row]'));
  const names = (locator: Locator) =>
    locator.evaluateAll((elements) => elements.map((each) => String(each.getAttribute('aria-label'))));
  const log = () => page.getByRole('log', { name: 'Log lines' });
  const editor = () => page.getByRole('textbox', { name: 'Event as JSON' });

  /** Switches on a fault, and says how much of it. */
  async function fault(label: string, value?: string): Promise<void> {
    await page.getByRole('checkbox', { name: label }).check();
    if (value !== undefined) await page.getByRole('textbox', { name: new RegExp(`^${label}, value`) }).fill(value);
  }

  it('runs the example, which is reclaimed, fails and succeeds, and shows how', async () => {
    await titled('batch-jobs-example');
    await page.getByText('No runs yet.').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Send event', exact: true }).first().click();
    await titled('Send event');
    await fault('Fail attempts', '1');
    await fault('Spot interruption after', '300ms');
    await fault('Time to exit', '60s');
    await fault('Shorten waits to 1 s');
    await fault('Run without a container');
    const command =
      'npx batch-jobs local nightlyReport --event-type schedule --fail-attempts 1 --interrupt-after 300ms --grace 60s --fast --plain';
    const preview = page.getByRole('region', { name: 'Command' }).locator('pre');
    await eventually(async () => {
      const words = (text: string | null) => (text ?? '').split(/\s+/).sort();
      expect(words(await preview.textContent())).toEqual(words(command));
    });
    await button('Run locally').click();
    await titled('Succeeded on attempt 2 of 3');
    await page
      .getByText('Attempt 1 had one Spot interruption, restarted, and failed because of --fail-attempts.')
      .waitFor();
    await eventually(async () => expect(await page.title()).toContain('Succeeded on attempt 2 of 3: nightlyReport'));
    expect(await rows()).toEqual([
      expect.stringMatching(/^Trigger function, sample of schedule, started this run/),
      expect.stringMatching(/^Attempt 1, 2 starts, failed, exit code 1, [\d.]+ seconds?$/),
      expect.stringMatching(/^Attempt 1, start 1, interrupted, exit code 143, [\d.]+ seconds?$/),
      expect.stringMatching(/^Attempt 1, start 2, free restart 1, failed, exit code 1, [\d.]+ seconds?$/),
      expect.stringMatching(/^Wait 5s, shortened to 1s, [\d.]+ seconds?$/),
      expect.stringMatching(/^Attempt 2, succeeded, exit code 0, [\d.]+ seconds?$/),
    ]);
  });

  it('shows the log beside it, with marks, and only that of the start that is selected', async () => {
    await eventually(async () => {
      const text = await log().textContent();
      for (const part of [
        'report for',
        'Spot interruptionSIGTERM sent',
        'Free restart 1 of 3',
        'Attempt 1 failedexit code 1 (--fail-attempts). Attempt 2 starts in 5 s, shortened to 1 s',
        'wrote report.csv',
        'Succeededexit code 0',
      ]) {
        expect((text ?? '').replaceAll(' ', '')).toContain(part.replaceAll(' ', ''));
      }
    });
    await timeline()
      .getByRole('row', { name: /start 1, interrupted/ })
      .click();
    expect(new URL(page.url()).hash).toBe('#a1.1');
    await eventually(async () => expect(await log().textContent()).not.toContain('wrote report.csv'));
    await page.getByRole('complementary', { name: 'Details' }).getByText('Attempt 1, start 1').first().waitFor();
    await page.keyboard.press('Escape');
    await eventually(async () => expect(await log().textContent()).toContain('wrote report.csv'));
  });

  it('gives the same facts as a table, and the event as a tree', async () => {
    await button('Show as table').click();
    const table = page.getByRole('region', { name: 'Timeline as a table' }).getByRole('row');
    await eventually(async () => expect(await table.count()).toBe(7));
    expect((await table.allTextContents()).slice(1)).toEqual([
      expect.stringContaining('Trigger function'),
      expect.stringMatching(/^Attempt 1Failed2 starts, exit code 1/),
      expect.stringMatching(/Start 1Interrupted/),
      expect.stringMatching(/Start 2Failed.*free restart 1 of 3/),
      expect.stringMatching(/^Wait/),
      expect.stringMatching(/^Attempt 2Succeeded.*exit code 0/),
    ]);
    await button('Show as chart').click();
    await page.getByRole('treeitem', { name: /^source: "aws.events"/ }).waitFor();
  });

  it('runs it again, with the same event and the same faults, and again with changes', async () => {
    const first = page.url();
    await page.getByRole('button', { name: 'Run again' }).click();
    await eventually(async () => expect(page.url()).not.toBe(first));
    await titled('Succeeded on attempt 2 of 3');
    const second = page.url();
    // Switches of the run at hand, one of them changed.
    await page.getByRole('checkbox', { name: 'Fail attempts' }).uncheck();
    await page.getByRole('checkbox', { name: 'Spot interruption after' }).uncheck();
    await page.getByRole('button', { name: 'Run again' }).click();
    await eventually(async () => expect(page.url()).not.toBe(second));
    await titled('Succeeded on attempt 1 of 3');
    expect(await rows()).toHaveLength(2);
  });

  it('sends exactly the event that is in the editor, and says where it is wrong', async () => {
    await link('Edit and send').click();
    await titled('Send event');
    await eventually(async () => expect(await editor().inputValue()).toContain('"aws.events"'));
    const event = JSON.parse(await editor().inputValue());
    await editor().fill('{\n  "time": "2026-01-01T14:00:00Z"\n  "detail": {}\n}');
    await button(/^Line 3, column 3: expected a comma/i).waitFor();
    await eventually(async () => expect(await button('Run locally').isDisabled()).toBe(true));
    await page.getByText('Correct the JSON first.').waitFor();
    await button(/^Line 3, column 3/).click();
    expect(await editor().evaluate((area) => (area as unknown as { selectionStart: number }).selectionStart)).toBe(37);

    const changed = { ...event, time: '2026-01-01T14:00:00Z', detail: { text: 'ü<script>alert(1)</script>' } };
    await editor().fill(JSON.stringify(changed, undefined, 1));
    await page.getByText(`${Buffer.byteLength(JSON.stringify(changed))} bytes, fits`).waitFor();
    await page.getByText('The trigger function recognizes an EventBridge event.').waitFor();
    await fault('Run without a container');
    await fault('Time out after', 'soon');
    await eventually(async () => expect(await button('Run locally').isDisabled()).toBe(true));
    await page.getByRole('checkbox', { name: 'Time out after' }).uncheck();
    await button('Run locally').click();
    await titled('Succeeded on attempt 1 of 3');
    await eventually(async () => expect(await log().textContent()).toContain('report for 2026-01-01T14:00:00Z'));
    const id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '');
    const recorded = readFileSync(
      join(project.folder, '.batch-jobs/batch-jobs-example/runs', id, 'event.json'),
      'utf8',
    );
    expect(JSON.parse(recorded)).toEqual(changed);
    await page
      .getByRole('treeitem', { name: /^text: "ü<script>alert\(1\)<\/script>"/ })
      .or(page.getByRole('treeitem', { name: /^detail: / }))
      .first()
      .waitFor();
  });

  it('says that an event is too large for the variables of a container', async () => {
    await page.goto(new URL('/send?job=nightlyReport&type=hand', page.url()).href);
    await titled('Send event');
    await editor().fill(JSON.stringify({ text: 'x'.repeat(12_000) }));
    await page
      .getByText(/^11\.7 KB|^12(\.\d)? KB/)
      .first()
      .waitFor();
    await page
      .getByText(/goes through the payload bucket/)
      .first()
      .waitFor();
  });

  it('shows what a job prints as text, whatever it is', async () => {
    const text = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    const job = `console.log(${JSON.stringify(text)}); console.error('\\u001b[31mred\\u001b[0m'); process.exit(3);`;
    writeFileSync(join(project.folder, 'jobs/nightly-report.ts'), job);
    await page.goto(new URL('/send?job=nightlyReport&type=schedule', page.url()).href);
    await fault('Run without a container');
    await fault('Shorten waits to 1 s');
    await button('Run locally').click();
    await titled('Failed after 3 attempts');
    await eventually(async () => {
      expect(await log().textContent()).toContain(text);
      expect(await log().textContent()).toContain('red');
    });
    expect(await log().locator('img, script').count()).toBe(0);
    await page
      .getByText(/code 3/)
      .first()
      .waitFor();
  });

  it('follows a run that goes on, searches its log, and stops it', async () => {
    const job = `let line = 0; setInterval(() => console.log('line ' + ++line), 50);`;
    writeFileSync(join(project.folder, 'jobs/nightly-report.ts'), job);
    await page.goto(new URL('/send?job=nightlyReport&type=schedule', page.url()).href);
    await fault('Run without a container');
    await button('Run locally').click();
    await titled('Running attempt 1 of 3');
    await page.getByText('Live', { exact: true }).waitFor();
    await eventually(async () => expect(await log().textContent()).toMatch(/line \d{2}/));
    await button('Following').waitFor();
    await page.getByRole('textbox', { name: 'Search the log' }).fill('line 3');
    await page.getByText(/^1 of \d/).waitFor();
    await page.locator('mark').first().waitFor();
    await page.keyboard.press('Escape');
    await link('Runs').first().click();
    const row = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /Running/ });
    await row.getByRole('link').first().click();
    await button('Stop run').click();
    await titled(/^Stopped/);
    await button('Run again').waitFor();
  });

  it('lists them all by status, also after the console was started again', async () => {
    await started.stop();
    await page.getByText('Console stopped. Start it again with npx batch-jobs console.').waitFor();
    // Data stays readable.
    expect(await title().textContent()).toMatch(/^Stopped/);
    started = await project.console('--port', started.port);
    await page.goto(started.address);
    await titled('batch-jobs-example');
    await link(/^All \d+ runs$/).click();
    await titled('Runs');
    const table = page.getByRole('table', { name: 'Runs' });
    const listed = () => table.locator('tbody tr.run').count();
    await eventually(async () => expect(await listed()).toBe(6));
    await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Failed');
    await eventually(async () => expect(await listed()).toBe(1));
    expect(new URL(page.url()).search).toBe('?outcome=failed');
    await button('Clear').click();
    await eventually(async () => expect(await listed()).toBe(6));
    await table.getByRole('img', { name: 'Timeline: 1 failed, 1 interrupted, 1 succeeded' }).first().waitFor();
    await table.getByRole('link', { name: /^Edit/ }).last().click();
    await titled('Send event');
    await eventually(async () => expect(await editor().inputValue()).toContain('"aws.events"'));
  });

  it('two consoles at once do not meet', async () => {
    const other = ConsoleProject.example();
    try {
      const second = await other.console();
      const tab = await browser.page(second.address);
      await tab.getByText('No runs yet.').waitFor();
      await tab.close();
      await page.goto(new URL('/runs', started.address).href);
      await eventually(async () => expect(await page.locator('tbody tr.run').count()).toBe(6));
    } finally {
      await other.close();
    }
  });
});
