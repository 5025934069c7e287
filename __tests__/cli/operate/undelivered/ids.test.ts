import { chosen, names, shortIds } from '../../../../cli/operate/undelivered/ids';
import { readMessage } from '../../../../cli/operate/undelivered/message';
import { Receivers } from '../../../../cli/operate/undelivered/receivers';
import { deployment, message, queue } from './made-messages';

const entry = (MessageId: string) => readMessage(message('{}', { MessageId }), queue(), new Receivers(deployment()));

it('shortens IDs to 8 characters, or as many as tell them apart', () => {
  const ids = ['aaaaaaaa-1111', 'aaaaaaaa-1122', 'bbbbbbbb-1111', 'short'];
  expect([...shortIds(ids.map((messageId) => ({ messageId }))).values()]).toEqual([
    'aaaaaaaa-111',
    'aaaaaaaa-112',
    'bbbbbbbb',
    'short',
  ]);
  expect(shortIds([]).size).toBe(0);
});

it('shortens 2,000 IDs so that each names one', () => {
  const ids = Array.from({ length: 2_000 }, (_, index) => `${(index * 7_919).toString(16).padStart(6, '0')}-rest`);
  const short = [...shortIds(ids.map((messageId) => ({ messageId }))).values()];
  for (const id of short.slice(0, 50)) expect(ids.filter((whole) => names(id, whole))).toHaveLength(1);
});

it('finds events by the beginning of their ID, in any case', () => {
  const [one, other] = [entry('aaaa1111'), entry('aaab2222')];
  expect(chosen(['AAAA', 'aaab2'], [one, other], '')).toEqual([one, other]);
  expect(chosen(['aaaa', 'aaaa1'], [one, other], '')).toEqual([one]);
});

it('says that an ID names nothing, or several', () => {
  const entries = [entry('aaaa1111'), entry('aaab2222')];
  expect(() => chosen(['b'], entries, 'looked into q')).toThrow(
    /No undelivered event has an ID that begins with "b" \(looked into q\)/,
  );
  expect(() => chosen(['aaa'], entries, '')).toThrow(
    '"aaa" is the beginning of several IDs: aaaa1111, aaab2222. Add characters.',
  );
  expect(() => chosen([''], entries, '')).toThrow(/No undelivered event/);
});
