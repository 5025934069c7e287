import type { LogForwardingConfig } from '../config/log-forwarding';

/** How Firehose delivers log records. */
export interface ForwardingEndpoint {
  /** Name of the endpoint in the console. */
  readonly name: string;
  readonly url: string;
  /** MB that are buffered for one request, for at most 60 seconds. */
  readonly bufferingSizeMb: number;
  /** Seconds during which a failed request is retried. */
  readonly retrySeconds: number;
  readonly gzip: boolean;
  /** Sent with each request, sorted. */
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  /** `$Secret(...)` with the key to send with each request. @default no key is sent */
  readonly secret?: string;
}

/** Firehose's settings for each type of log forwarding. Sizes and times are the receivers' recommendations. */
export function forwardingEndpoint({ type, properties }: LogForwardingConfig): ForwardingEndpoint {
  switch (type) {
    case 'http-endpoint':
      return {
        name: 'HTTP endpoint',
        url: properties.endpointUrl,
        bufferingSizeMb: 1,
        retrySeconds: properties.retryDuration,
        gzip: properties.gzipEncodingEnabled,
        attributes: Object.entries(properties.parameters)
          .map(([name, value]) => ({ name, value }))
          .sort((a, b) => (a.name < b.name ? -1 : 1)),
        secret: properties.accessKey,
      };
    case 'highlight':
      return {
        name: 'Highlight',
        url: properties.endpointUrl,
        bufferingSizeMb: 1,
        retrySeconds: 300,
        gzip: true,
        attributes: [{ name: 'x-highlight-project', value: properties.projectId }],
      };
    case 'datadog':
      return {
        name: 'Datadog',
        url: properties.endpointUrl,
        bufferingSizeMb: 4,
        retrySeconds: 60,
        gzip: true,
        attributes: [],
        secret: properties.apiKey,
      };
  }
}
