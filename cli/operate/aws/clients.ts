import type { Credentials } from '../../command/aws-credentials';
import { reportFaults, type SdkClient } from './fault';
import type { TableApi } from './table-api';

/** What every client is created with. */
interface Settings {
  readonly region: string;
  readonly credentials: Credentials;
  /** AWS's own limits per second are low, so a request that was throttled is repeated for up to about a minute. */
  readonly maxAttempts: number;
  /** S3 only. Emulators have no host names for buckets. */
  readonly forcePathStyle: boolean;
}

// The SDK warns that its later versions need another version of Node.js. The versions of this package do not.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** The clients of a command, each created and loaded when it is first used: loading one takes up to a quarter of a second. */
export class Clients {
  private readonly made = new Map<string, SdkClient>();
  private readonly settings: Settings;

  /** @param maxAttempts of a request that AWS throttles */
  constructor(region: string, credentials: Credentials, maxAttempts = 10) {
    const { AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL } = process.env;
    const forcePathStyle = Boolean(AWS_ENDPOINT_URL_S3 || AWS_ENDPOINT_URL);
    this.settings = { region, credentials, maxAttempts, forcePathStyle };
  }

  get sfn() {
    return this.one('sfn', () => (require('@aws-sdk/client-sfn') as typeof import('@aws-sdk/client-sfn')).SFNClient);
  }

  get batch() {
    return this.one(
      'batch',
      () => (require('@aws-sdk/client-batch') as typeof import('@aws-sdk/client-batch')).BatchClient,
    );
  }

  get logs() {
    type Logs = typeof import('@aws-sdk/client-cloudwatch-logs');
    return this.one('logs', () => (require('@aws-sdk/client-cloudwatch-logs') as Logs).CloudWatchLogsClient);
  }

  get lambda() {
    type Lambda = typeof import('@aws-sdk/client-lambda');
    return this.one('lambda', () => (require('@aws-sdk/client-lambda') as Lambda).LambdaClient);
  }

  get sqs() {
    return this.one('sqs', () => (require('@aws-sdk/client-sqs') as typeof import('@aws-sdk/client-sqs')).SQSClient);
  }

  get s3() {
    return this.one('s3', () => (require('@aws-sdk/client-s3') as typeof import('@aws-sdk/client-s3')).S3Client);
  }

  get ecs() {
    return this.one('ecs', () => (require('@aws-sdk/client-ecs') as typeof import('@aws-sdk/client-ecs')).ECSClient);
  }

  get sts() {
    return this.one('sts', () => (require('@aws-sdk/client-sts') as typeof import('@aws-sdk/client-sts')).STSClient);
  }

  get autoScaling() {
    type AutoScaling = typeof import('@aws-sdk/client-auto-scaling');
    return this.one('autoScaling', () => (require('@aws-sdk/client-auto-scaling') as AutoScaling).AutoScalingClient);
  }

  get quotas() {
    type Quotas = typeof import('@aws-sdk/client-service-quotas');
    return this.one('quotas', () => (require('@aws-sdk/client-service-quotas') as Quotas).ServiceQuotasClient);
  }

  get events() {
    type Events = typeof import('@aws-sdk/client-eventbridge');
    return this.one('events', () => (require('@aws-sdk/client-eventbridge') as Events).EventBridgeClient);
  }

  get scheduler() {
    type Scheduler = typeof import('@aws-sdk/client-scheduler');
    return this.one('scheduler', () => (require('@aws-sdk/client-scheduler') as Scheduler).SchedulerClient);
  }

  get apis() {
    type Apis = typeof import('@aws-sdk/client-apigatewayv2');
    return this.one('apis', () => (require('@aws-sdk/client-apigatewayv2') as Apis).ApiGatewayV2Client);
  }

  get loadBalancers() {
    type LoadBalancers = typeof import('@aws-sdk/client-elastic-load-balancing-v2');
    const load = () => require('@aws-sdk/client-elastic-load-balancing-v2') as LoadBalancers;
    return this.one('loadBalancers', () => load().ElasticLoadBalancingV2Client);
  }

  /** Queries of tables. */
  get tables(): TableApi {
    const { TableApi } = require('./table-api') as typeof import('./table-api');
    return new TableApi(this.settings.region, this.settings.credentials);
  }

  /** Closes the connections, which would keep the process alive. */
  close(): void {
    for (const client of this.made.values()) client.destroy();
    this.made.clear();
  }

  private one<T extends SdkClient>(name: string, load: () => new (settings: Settings) => T): T {
    const existing = this.made.get(name);
    if (existing !== undefined) return existing as T;
    const client = new (load())(this.settings);
    reportFaults(client, this.settings.region);
    this.made.set(name, client);
    return client;
  }
}
