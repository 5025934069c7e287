import { ofItem } from '../../../../cli/operate/why/item-answer';
import type { Answer } from '../../../../cli/operate/why/reason';
import { failed, story } from './sample-facts';

const facts = (item: number | undefined, name: string) => ({
  ...failed({}),
  run: { name, story: story({ name, item }) },
});
const answer = (sentence: string, ...command: string[]): Answer => ({ code: 'c', sentence, fix: 'Fix.', command });

describe('an answer about an item', () => {
  it.each([
    ['Run a-1 failed, and a-1 is named.', 'Item 7 of run a-1 failed, and a-1 is named.'],
    ['The job of run a-1 has ended.', 'The job of item 7 of run a-1 has ended.'],
    ['Run a-12 is another one.', 'Run a-12 is another one.'],
  ])('says "%s" of it', (sentence, told) => {
    expect(ofItem(facts(7, 'a-1'), answer(sentence)).sentence).toBe(told);
  });

  it('knows names with characters that mean something in patterns', () => {
    expect(ofItem(facts(0, 'a.b+c'), answer('Run a.b+c failed.')).sentence).toBe('Item 0 of run a.b+c failed.');
  });

  it('selects it in the command, and repeats only failed ones', () => {
    const of = (...words: string[]) => ofItem(facts(7, 'a-1'), answer('', ...words)).command?.join(' ');
    expect(of('logs', 'a-1')).toBe('logs a-1 --item 7');
    expect(of('show', 'a-1')).toBe('show a-1 --item 7');
    expect(of('why', 'a-1')).toBe('why a-1 --item 7');
    expect(of('rerun', 'a-1')).toBe('rerun a-1 --failed');
    expect(of('deploy')).toBe('deploy');
  });

  it('of a whole run stays as it is', () => {
    const whole = answer('Run a-1 failed.', 'rerun', 'a-1');
    expect(ofItem(facts(undefined, 'a-1'), whole)).toBe(whole);
  });
});
