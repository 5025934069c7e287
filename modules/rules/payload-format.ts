/**
 * Formats of the event that an HTTP API passes to a function.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const PAYLOAD_FORMATS = ['1.0', '2.0'] as const;

/** Format of the event. `1.0` is the format of REST APIs. */
export type PayloadFormat = (typeof PAYLOAD_FORMATS)[number];

/** The format if neither the event nor its gateway sets one. */
export const DEFAULT_PAYLOAD_FORMAT: PayloadFormat = '1.0';
