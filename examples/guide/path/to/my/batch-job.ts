export {};

/** The event, as JSON. `{}` for an execution that was started without an input. */
const event: unknown = JSON.parse(process.env.STP_TRIGGER_EVENT_DATA ?? '{}');

const attempt = `attempt ${process.env.STP_CURRENT_ATTEMPT} of ${process.env.STP_MAXIMUM_ATTEMPTS}`;
console.log(`${attempt}, started by ${JSON.stringify(event)}`);
