import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ConsoleProject } from '../../__tests__/e2e/console/console-project';
import { Browser } from '../../__tests__/e2e/engines/browser';
import { type Picture, takePicture } from './picture';

const JOB = 'jobs/nightly-report.ts';

/** The example with some runs on this machine. */
export async function takeLocalPictures(): Promise<readonly Picture[]> {
  const project = ConsoleProject.example();
  const browser = await Browser.open();
  try {
    // Long enough that its parts can be seen next to the waits.
    const job = readFileSync(join(project.folder, JOB), 'utf8').replace('delay(500)', 'delay(4000)');
    project.write(JOB, job);
    const run = (...options: readonly string[]) =>
      project.spawn(['local', 'nightlyReport', '--plain', '--event-type', 'schedule', ...options]).end;
    await run('--fast');
    await run('--fast', '--fail-attempts', '1,2,3');
    await run('--fast', '--fail-attempts', '1');
    await run('--fast', '--timeout-after', '2s');
    await run('--fast');
    await run('--fail-attempts', '1', '--interrupt-after', '3s');
    const { address } = await project.console();
    const page = await browser.page(address);
    return await pictures(browser, page, () => run('--fail-attempts', '1'));
  } finally {
    await browser.close();
    await project.close();
  }
}

async function pictures(browser: Browser, page: Page, runLive: () => Promise<unknown>): Promise<Picture[]> {
  const made: Picture[] = [];
  const take = async (name: string, view: Parameters<typeof takePicture>[3] = {}) =>
    void made.push(await takePicture(browser, page, name, view));
  const open = (path: string) => page.goto(new URL(path, page.url()).href);
  await page.getByRole('table', { name: 'Recent runs' }).waitFor();
  await take('stack-light');
  await page.getByRole('link', { name: 'nightlyReport', exact: true }).first().click();
  await page.getByRole('button', { name: 'Permissions' }).click();
  await take('details-light');

  await open('/runs');
  const rows = page.locator('tbody tr.run');
  await rows.first().waitFor();
  await take('runs-light');
  await rows.first().getByRole('link').first().click();
  await page.getByText('wrote report.csv').first().waitFor();
  await take('run-light');
  await take('run-dark', { theme: 'dark' });
  await take('run-phone', { width: 390, height: 844 });

  const live = runLive();
  await open('/runs');
  await page
    .getByRole('row', { name: /Running/ })
    .getByRole('link')
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Waiting 5s before attempt 2 of 3' }).waitFor();
  await page.getByRole('heading', { level: 1, name: 'Running attempt 2 of 3' }).waitFor();
  await page.getByText(/has been running for [23]s\./).waitFor();
  await page
    .getByRole('treegrid')
    .getByRole('row', { name: /^Attempt 2, running/ })
    .waitFor();
  await take('run-live-light');
  await live;

  await open('/send?job=nightlyReport&type=schedule');
  await page.getByText('Valid JSON').waitFor();
  await page.getByRole('checkbox', { name: 'Fail attempts' }).check();
  await page.getByRole('checkbox', { name: 'Spot interruption after' }).check();
  await page.getByText(/--interrupt-after/).waitFor();
  await take('send-light');
  return made;
}
