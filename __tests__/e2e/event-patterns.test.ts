import { REFUSED, TAKEN } from '../triggers/event-bus/event-patterns';
import { describeWith } from './engines/availability';
import { AwsApi } from './engines/aws-api';
import { type Emulator, emulatorAvailable, startEmulator } from './engines/ministack';

// ministack checks patterns with its own implementation, which follows the compiler of EventBridge.
describeWith([emulatorAvailable()], 'the grammar of event patterns, as ministack has it', () => {
  let emulator: Emulator;
  const put = (pattern: object) =>
    new AwsApi(emulator, 'eu-west-1').json('events', 'AWSEvents.PutRule', {
      Name: 'pattern',
      EventPattern: JSON.stringify(pattern),
    });

  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator?.stop());

  it.each(TAKEN)('accepts %j', async (pattern) => {
    await expect(put(pattern)).resolves.toBeDefined();
  });

  it.each(REFUSED)('refuses %j', async (pattern) => {
    await expect(put(pattern)).rejects.toThrow('InvalidEventPattern');
  });
});
