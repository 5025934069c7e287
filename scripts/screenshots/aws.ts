import { lambdaFailure, SCHEDULED } from '../../__tests__/cli/operate/undelivered/made-messages';
import { StartedConsole } from '../../__tests__/e2e/console/console-project';
import { Browser } from '../../__tests__/e2e/engines/browser';
import { operatedStack } from '../../__tests__/e2e/engines/operated-stack';
import type { BatchJobsConfig } from '../../modules/stack-config/config';
import { type Picture, takePicture } from './picture';

const container = { packaging: { type: 'prebuilt-image' as const, properties: { image: 'busybox' } } };

const config: BatchJobsConfig = {
  stackName: 'reports',
  region: 'eu-west-1',
  resources: {
    archive: { type: 'bucket' },
    nightlyReport: {
      type: 'batch-job',
      properties: {
        container,
        resources: { cpu: 2, memory: 1800 },
        useSpotInstances: true,
        timeout: 1200,
        retryConfig: {
          attempts: 3,
          retryIntervalSeconds: 2,
          spotInterruption: { freeRestarts: 1, thenOnDemand: true },
        },
        connectTo: ['archive'],
        events: [{ type: 'schedule', properties: { scheduleRate: 'cron(0 14 * * ? *)' } }],
      },
    },
    cleanUp: {
      type: 'batch-job',
      properties: {
        container,
        resources: { cpu: 1, memory: 512 },
        retryConfig: { attempts: 1 },
        events: [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
      },
    },
  },
};

/** A deployed stack on an emulator of AWS. */
export async function takeAwsPictures(): Promise<readonly Picture[]> {
  const stack = await operatedStack(config);
  const browser = await Browser.open();
  try {
    const lines = ['read 48,210 orders', 'wrote s3://reports-archive/2026-11-26.csv'];
    const script = { lines, queuedSeconds: 1, runningSeconds: 3 };
    const event = { ...SCHEDULED, id: 'nightly' };
    await stack.script('nightlyReport', { ...script, ends: [0] });
    const earlier = ['0b7f11e2', '3d0e94c1', '51aa2f08'].map((id) =>
      stack.run('nightlyReport', `nightlyReport-${id}`, event),
    );
    await Promise.all(earlier);
    await stack.script('nightlyReport', { ...script, ends: [1, 'reclaim>reclaim', 1, 0] });
    await stack.run('nightlyReport', 'nightlyReport-67cd5321', event);
    await stack.script('cleanUp', { ends: ['oom'], runningSeconds: 1 });
    await stack.run('cleanUp', 'cleanUp-1c90aa42', event);
    const queue = `${stack.moto.endpoint}/123456789012/reports-undelivered-events`;
    for (let index = 0; index < 3; index++) {
      const failure = JSON.stringify(lambdaFailure({ ...SCHEDULED, id: `event ${index}` }));
      const body = failure.replaceAll('shop-report', 'reports-nightlyReport');
      await stack.api.json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: queue, MessageBody: body });
    }
    await stack.script('nightlyReport', { ends: ['runnable'] });
    await stack.start('nightlyReport', 'nightlyReport-9a31f0c7', { ...SCHEDULED, id: 'waiting' });
    const { address } = await StartedConsole.of(stack.spawn(['console', '--aws', '--json']));
    const page = await browser.page(address);
    const open = (path: string) => page.goto(new URL(path, address).href);
    const made: Picture[] = [];
    await open('/aws');
    await page.getByText(/Deployed .* to account/).waitFor();
    await page
      .getByText(/\d+ of \d+ vCPUs/)
      .first()
      .waitFor();
    await page.getByRole('table', { name: 'Recent runs' }).waitFor();
    made.push(await takePicture(browser, page, 'aws-stack-light', {}));
    await open('/aws/runs/nightlyReport-67cd5321');
    await page.getByRole('heading', { level: 1, name: /^Succeeded/ }).waitFor();
    await page.getByText('read 48,210 orders').first().waitFor();
    made.push(await takePicture(browser, page, 'aws-run-light', {}));
    await open('/aws/runs/nightlyReport-9a31f0c7');
    await page.getByRole('heading', { level: 1, name: /^Waiting/ }).waitFor();
    await page.getByRole('button', { name: 'Stop run' }).click();
    await page.getByRole('dialog').waitFor();
    made.push(await takePicture(browser, page, 'aws-stop-light', { height: 640 }));
    await open('/aws/undelivered');
    await page.locator('.u-link').first().click();
    await page.getByRole('region', { name: 'Event', exact: true }).waitFor();
    made.push(await takePicture(browser, page, 'undelivered-light', {}));
    return made;
  } finally {
    await browser.close();
    await stack.stop();
  }
}
