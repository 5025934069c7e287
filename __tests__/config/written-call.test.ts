import { writtenCall } from '../../modules/config/written-call';

it.each([
  ['$a()', [''], ''],
  ['$a( 1 , true )', ['1', 'true'], ''],
  ["$a('x, (y', 2).b[0]", ["'x, (y'", '2'], '.b[0]'],
  ["$a(\"it's\", '\\'')", ['"it\'s"', "'\\''"], ''],
  ["$a($b('x', $c()), $d().e) rest", ["$b('x', $c())", '$d().e'], ' rest'],
])('%s is a call with arguments as they are written', (text, args, after) => {
  expect(writtenCall(text)).toEqual({ args, after });
});

it.each(['$a', '$a(', "$a('x)", '$a($b()', ''])('%j is no whole call', (text) => {
  expect(writtenCall(text)).toBeUndefined();
});
