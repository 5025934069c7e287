import { elementsAt, parseXml, textAt } from '../../../modules/container/buildpack/xml';

it('reads elements, attributes and text in any namespace', () => {
  const text = `\uFEFF<?xml version="1.0"?><!-- a --><p:project xmlns:p="x"><build kind="a &amp; b"><c> 1 <!-- 2 --></c><c><![CDATA[<3>]]></c></build></p:project>`;
  const root = parseXml(text);
  if (root === undefined) throw new Error('not read');
  expect(root.name).toBe('project');
  expect(elementsAt(root, 'build')[0]?.attributes).toEqual({ kind: 'a & b' });
  expect(elementsAt(root, 'build', 'c').map((one) => one.text)).toEqual(['1', '<3>']);
  expect(textAt(root, 'build', 'c')).toBe('1');
  expect(textAt(root, 'build', 'd')).toBeUndefined();
});

it.each(['', 'text', '<a>', '<a></b>', '<a/><b/>'])('does not read %j', (text) => {
  expect(parseXml(text)).toBeUndefined();
});
