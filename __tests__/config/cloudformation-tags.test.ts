import { readYaml } from '../../modules/config/yaml';

it.each<[string, unknown]>([
  ['!Ref topic', { Ref: 'topic' }],
  ['!Condition isLarge', { Condition: 'isLarge' }],
  ['!GetAtt queue.Arn', { 'Fn::GetAtt': ['queue', 'Arn'] }],
  ['!GetAtt database.Endpoint.Port', { 'Fn::GetAtt': ['database', 'Endpoint.Port'] }],
  ['!GetAtt [queue, Arn]', { 'Fn::GetAtt': ['queue', 'Arn'] }],
  ['!GetAtt queue', { 'Fn::GetAtt': ['queue'] }],
  ['!Sub "${AWS::Region}-x"', { 'Fn::Sub': '${AWS::Region}-x' }],
  ['!Join ["-", [!Ref a, b]]', { 'Fn::Join': ['-', [{ Ref: 'a' }, 'b']] }],
  ['!Sub ["${x}", { x: !GetAtt a.Arn }]', { 'Fn::Sub': ['${x}', { x: { 'Fn::GetAtt': ['a', 'Arn'] } }] }],
  ['!Transform { Name: AWS::Include }', { 'Fn::Transform': { Name: 'AWS::Include' } }],
  ['!Base64 text', { 'Fn::Base64': 'text' }],
])('%s is its long form', (text, long) => {
  expect(readYaml(`value: ${text}`, 'jobs.yml').value).toEqual({ value: long });
});

it('keeps the places of what is inside', () => {
  const { locate } = readYaml('a:\n  b: !Join\n    - x\n    - y', 'jobs.yml');
  expect(locate(['a', 'b'])).toEqual({ line: 2, column: 3 });
  expect(locate(['a', 'b', 'Fn::Join', 1])).toEqual({ line: 4, column: 7 });
});
