import { shellWord } from '../../../cli/command/shell-word';

it.each(['a', 'my-job_1', '/a/b.yml', 'a=b', 'x@y', '50%', 'a+b,c:d', '--yes'])('leaves %s as it is', (word) => {
  expect(shellWord(word)).toBe(word);
});

it.each([
  ['', "''"],
  ['a b', "'a b'"],
  ['$HOME', "'$HOME'"],
  ['a\nb', "'a\nb'"],
  ['a;rm', "'a;rm'"],
  // zsh looks up a program for it.
  ['=ls', "'=ls'"],
  ["it's", "'it'\\''s'"],
  ["''", "''\\'''\\'''"],
])('quotes %j', (word, quoted) => {
  expect(shellWord(word)).toBe(quoted);
});
