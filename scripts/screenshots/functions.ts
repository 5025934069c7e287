import { ConsoleProject } from '../../__tests__/e2e/console/console-project';
import { Browser } from '../../__tests__/e2e/engines/browser';
import { type Picture, takePicture } from './picture';

const CONFIG = `stackName: orders
region: eu-west-1
resources:
  orders: { type: dynamo-db-table, properties: { primaryKey: { partitionKey: { name: id, type: string } } } }
  lostOrders: { type: sqs-queue }
  inbox: { type: sqs-queue, properties: { redrivePolicy: { targetSqsQueueName: lostOrders, maxReceiveCount: 3 } } }
  api: { type: http-api-gateway }
  tally:
    type: function
    properties:
      packaging: { type: stacktape-lambda-buildpack, properties: { entryfilePath: tally.ts } }
      memory: 512
      timeout: 30
      connectTo: [orders]
      alarms:
        - trigger: { type: lambda-error-rate, properties: { thresholdPercent: 5 } }
      events:
        - { type: sqs, properties: { sqsQueueName: inbox } }
        - { type: schedule, properties: { scheduleRate: rate(5 minutes) } }
        - { type: http-api-gateway, properties: { httpApiGatewayName: api, method: POST, path: /tally } }
`;

/** A stack with a function. */
export async function takeFunctionPictures(): Promise<readonly Picture[]> {
  const code = 'export const handler = async () => 1;\n';
  const project = new ConsoleProject({ 'batch-jobs.config.yml': CONFIG, 'tally.ts': code });
  const browser = await Browser.open();
  try {
    const { address } = await project.console();
    const page = await browser.page(address);
    await page.getByRole('article', { name: 'tally' }).waitFor();
    await page.getByRole('region', { name: 'Instances and costs' }).waitFor();
    return [await takePicture(browser, page, 'function-light', { height: 448 })];
  } finally {
    await browser.close();
    await project.close();
  }
}
