const event = JSON.parse(process.env.STP_TRIGGER_EVENT_DATA ?? '{}');

console.log(`scheduled for ${event.time ?? 'now'}`);
