import type { Locator, Page } from 'playwright-core';
import type { BatchJobsConfig } from '../../../modules/stack-config/config';
import { lambdaFailure, message, SCHEDULED } from '../../cli/operate/undelivered/made-messages';
import { Browser, browserAvailable, eventually, fits, seriousFindings } from '../engines/browser';
import { unavailable } from '../engines/moto';
import { type OperatedStack, operatedStack } from '../engines/operated-stack';
import { type Podman, podmanAvailable, startPodman } from '../engines/podman';
import { describeWith, terraformAvailable } from '../engines/terraform';
import { StartedConsole } from './console-project';

/*
 * A deployed stack on moto as the page shows and steers it: jobs are real containers, the trigger function is the synthesized one.
 */

const IMAGE = 'localhost/console-in-browser:1';

/** Writes a line, and does what the event says: waits for somebody to stop it, or ends the attempt with an exit code. */
const JOB = `
const { STP_TRIGGER_EVENT_DATA = '{}', STP_CURRENT_ATTEMPT = '1' } = process.env;
const { detail = {} } = JSON.parse(STP_TRIGGER_EVENT_DATA);
console.log('attempt ' + STP_CURRENT_ATTEMPT + ' is at work');
process.on('SIGTERM', () => process.exit(143));
if (detail.hang) setInterval(() => console.log('still at work'), 200);
else process.exitCode = (detail.exits ?? [])[STP_CURRENT_ATTEMPT - 1] ?? 0;
`;

const config: BatchJobsConfig = {
  stackName: 'shop',
  region: 'eu-west-1',
  resources: {
    report: {
      type: 'batch-job',
      properties: {
        container: {
          packaging: { type: 'prebuilt-image', properties: { image: IMAGE, command: ['node', '/app/job.cjs'] } },
        },
        resources: { cpu: 1, memory: 512 },
        retryConfig: { attempts: 2, retryIntervalSeconds: 1 },
        events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 hour)' } }],
      },
    },
  },
};

const ACCOUNT = '1234-5678-9012';
const PLACE = `in AWS account ${ACCOUNT}, eu-west-1?`;
const reason = unavailable();
const moto = reason === undefined ? { available: true as const } : { available: false as const, reason };

describeWith(
  [terraformAvailable(), moto, podmanAvailable(), browserAvailable()],
  'the console in a browser: a deployed stack',
  () => {
    let podman: Podman;
    let stack: OperatedStack;
    let started: StartedConsole;
    let browser: Browser;
    let page: Page;

    beforeAll(async () => {
      podman = await startPodman();
      await podman.nodeImage(IMAGE, { '/app/job.cjs': JOB });
      stack = await operatedStack(config, { podman });
      started = await StartedConsole.of(stack.spawn(['console', '--aws', '--json']));
      browser = await Browser.open();
      page = await browser.page(started.address);
    });
    afterAll(async () => {
      await browser?.close();
      await started?.stop();
      await stack?.stop();
      await podman?.stop();
    });
    afterEach(() => {
      stack.front.reset();
      expect(browser.faults.splice(0)).toEqual([]);
    });

    const open = (path: string) => page.goto(new URL(path, started.address).href);
    const titled = (name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const log = () => page.getByRole('log', { name: 'Log lines' });
    const rows = () =>
      page
        .getByRole('treegrid', { name: 'Timeline of the run' })
        .locator('[data-row]')
        .evaluateAll((elements) => elements.map((each) => String(each.getAttribute('aria-label'))));

    /** The dialog that asks before something changes. */
    async function question(title: string): Promise<Locator> {
      const dialog = page.getByRole('dialog', { name: title });
      await dialog.waitFor();
      // A person who presses Enter too early changes nothing.
      await eventually(async () => expect(await page.evaluate('document.activeElement.textContent')).toBe('Cancel'));
      return dialog;
    }

    async function answer(title: string, action: string): Promise<void> {
      await (await question(title)).getByRole('button', { name: action, exact: true }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }

    /** What keeps people from using the page, on a wide screen by day and on a phone by night. */
    async function obstacles(): Promise<string[]> {
      const found: string[] = [];
      for (const view of [{ width: 1280 }, { width: 390, theme: 'dark' as const }]) {
        await browser.look(page, view);
        await fits(page);
        found.push(...(await seriousFindings(page)));
      }
      await browser.look(page, { width: 320 });
      await fits(page);
      await browser.look(page, {});
      return found;
    }

    /** Sends an event from the editor, and says yes. */
    async function send(event: unknown): Promise<void> {
      await open('/aws/send?job=report&type=hand');
      await page.getByRole('textbox', { name: 'Event as JSON' }).fill(JSON.stringify(event));
      await eventually(async () => expect(await button('Start in AWS, eu-west-1').isEnabled()).toBe(true));
      await button('Start in AWS, eu-west-1').click();
      await answer(`Start report ${PLACE}`, 'Start run');
    }

    it('says which account and region it shows, and what is deployed', async () => {
      await page.getByRole('link', { name: /^AWS/ }).click();
      const place = page.getByRole('complementary', { name: 'AWS account and region' });
      await place.getByText(`AWS account ${ACCOUNT}`).waitFor();
      await place.getByText('eu-west-1').waitFor();
      await page.getByText(new RegExp(`Deployed .* to account ${ACCOUNT}\\.`)).waitFor();
      await page
        .getByText(/\d+ of \d+ vCPUs/)
        .first()
        .waitFor();
      expect(await obstacles()).toEqual([]);
    });

    it('starts a run only after a confirmation, and follows it with its log to the end', async () => {
      await open('/aws/send?job=report&type=hand');
      const event = { ...SCHEDULED, id: 'from-the-page', detail: { exits: [3, 0] } };
      await page.getByRole('textbox', { name: 'Event as JSON' }).fill(JSON.stringify(event));
      await eventually(async () => expect(await button('Start in AWS, eu-west-1').isEnabled()).toBe(true));
      await button('Start in AWS, eu-west-1').click();
      const dialog = await question(`Start report ${PLACE}`);
      expect(await obstacles()).toEqual([]);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(stack.front.actions).not.toContain('lambda:InvokeFunction');
      await button('Start in AWS, eu-west-1').click();
      await answer(`Start report ${PLACE}`, 'Start run');

      await titled('Succeeded on attempt 2 of 2');
      await eventually(async () => {
        const text = await log().textContent();
        for (const part of ['attempt 1 is at work', 'Attempt 1 failed', 'attempt 2 is at work', 'Succeeded']) {
          expect(text).toContain(part);
        }
      });
      expect(await rows()).toEqual([
        expect.stringMatching(/^Trigger function/),
        expect.stringMatching(/^Attempt 1, .*failed, exit code 3/),
        expect.stringMatching(/^Wait/),
        expect.stringMatching(/^Attempt 2, .*succeeded, exit code 0/),
      ]);
      expect(await obstacles()).toEqual([]);
      // The same event again is a duplicate.
      await send(event);
      await page.getByText(/^This event had already started .* Nothing was started\.$/).waitFor();
    });

    it('shows a run while its container is at work, and stops it after a confirmation', async () => {
      await send({ ...SCHEDULED, id: 'to-be-stopped', detail: { hang: true } });
      await titled('Running attempt 1 of 2');
      await eventually(async () => expect(await log().textContent()).toContain('still at work'));
      expect(await obstacles()).toEqual([]);
      await button('Stop run').click();
      await answer(`Stop this run of report ${PLACE}`, 'Stop run');
      await titled(/^Stopped/);
      // A container ends a while after its run.
      await eventually(async () => expect(await podman.written()).toBe(''));
    });

    it('runs it again after a confirmation', async () => {
      await open('/aws/runs');
      const failed = page.getByRole('table', { name: 'Runs' }).getByRole('row', { name: /Succeeded/ });
      await failed.getByRole('link').first().click();
      await titled('Succeeded on attempt 2 of 2');
      const first = page.url();
      await page.keyboard.press('r');
      await answer(`Run report again ${PLACE}`, 'Run again');
      await eventually(async () => expect(page.url()).not.toBe(first));
      expect(page.url()).toMatch(/-rerun-1$/);
      await titled('Succeeded on attempt 2 of 2');
    });

    it('lists the runs, filters them, and says in place what it may not read', async () => {
      await open('/aws/runs');
      const listed = page.getByRole('table', { name: 'Runs' }).locator('tbody tr.run');
      await eventually(async () => expect(await listed.count()).toBe(3));
      await page.getByRole('combobox', { name: 'Outcome' }).selectOption('Stopped');
      await eventually(async () => expect(await listed.count()).toBe(1));
      stack.front.deny('states:ListExecutions');
      await page.getByText(/^Could not list executions: .*states:ListExecutions/).waitFor();
      expect(await listed.count()).toBe(1);
      expect(await obstacles()).toEqual([]);
    });

    it('redrives an undelivered event after a confirmation', async () => {
      const queue = `${stack.moto.endpoint}/${ACCOUNT.replaceAll('-', '')}/shop-undelivered-events`;
      const event = { ...SCHEDULED, id: 'undelivered', detail: { text: '<script>alert(1)</script>' } };
      const body = { QueueUrl: queue, MessageBody: message(lambdaFailure(event)).Body };
      await stack.api.json('sqs', 'AmazonSQS.SendMessage', body);
      await open('/aws/undelivered');
      await titled('Undelivered events');
      await page.getByText('1 event could not start a run.').waitFor();
      await page.locator('.u-link').click();
      await page.getByRole('region', { name: 'Event', exact: true }).getByText('<script>alert(1)</script>').waitFor();
      expect(await obstacles()).toEqual([]);
      await page.locator('.u-parts').getByRole('button', { name: 'Send again' }).click();
      const dialog = await question(`Send this event again ${PLACE}`);
      await dialog.getByRole('button', { name: 'Cancel' }).click();
      expect(stack.front.actions).not.toContain('lambda:InvokeFunction');
      await page.locator('.u-parts').getByRole('button', { name: 'Send again' }).click();
      await answer(`Send this event again ${PLACE}`, 'Send again');
      await page.getByRole('heading', { name: '1 started.' }).waitFor();
      await page.getByText(/^No undelivered events\./).waitFor();
      await page
        .getByRole('link', { name: /^report-[0-9a-f]+/ })
        .first()
        .click();
      await titled('Succeeded on attempt 1 of 2');
    });
  },
);
