import { Command } from 'commander';
import { type EventOptions, eventChoice, eventOptions, wholeNumber } from '../../../cli/command/event-options';
import { UsageError } from '../../../cli/command/usage-error';

const choice = (...words: string[]) =>
  eventChoice(eventOptions(new Command()).exitOverride().parse(words, { from: 'user' }).opts<EventOptions>());

it.each([
  [[], { eventType: undefined }],
  [['--event', '-'], { eventFile: '-' }],
  [['--event-type', 'sqs'], { eventType: { type: 'sqs', place: 1 } }],
  [['--event-type', 'sqs:2'], { eventType: { type: 'sqs', place: 2 } }],
])('%j', (words, chosen) => {
  expect(choice(...words)).toEqual(chosen);
});

it.each([
  [['--event', 'a.json', '--event-type', 'sqs'], '--event and --event-type exclude each other. Remove one of the two.'],
  [['--event-type', 'sqs:1:2'], '--event-type accepts <type> or <type>:<place>. Found "sqs:1:2".'],
  [['--event-type', 'sqs:0'], 'The place in --event-type accepts whole numbers from 1. Found "0".'],
])('%j is refused', (words, message) => {
  expect(() => choice(...words)).toThrow(new UsageError(message));
});

it('the options say what they choose, and print no event by default', () => {
  const command = eventOptions(new Command()).configureHelp({ helpWidth: 200 });
  expect(command.opts()).toEqual({ printEvent: false });
  const help = command.helpInformation();
  expect(help).toContain('the event that the job gets, a JSON file; - reads standard input');
  expect(help).toContain(
    "a sample event of the job's trigger of that type, <type>:2 for the second (default: its first trigger)",
  );
  expect(help).toContain('print that event and stop');
});

it('a whole number has digits only, is large enough and exact', () => {
  expect(wholeNumber('--limit', '5', 5)).toBe(5);
  for (const text of ['4', '5.0', '1e3', '-6', '', ' 7', '9007199254740993']) {
    expect(() => wholeNumber('--limit', text, 5)).toThrow(`--limit accepts whole numbers from 5. Found "${text}".`);
  }
});
