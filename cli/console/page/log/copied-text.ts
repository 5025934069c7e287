/** What the selection has of the lines of a log: their texts, without times. Undefined if it goes beyond one line, or the log. */
export function copiedText(block: HTMLElement): string | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const range = selection.getRangeAt(0);
  if (!block.contains(range.startContainer) || !block.contains(range.endContainer)) return undefined;
  const texts = [...block.querySelectorAll('[data-row] .log-text')].filter((text) => range.intersectsNode(text));
  return texts.map((text) => within(text, range)).join('\n');
}

/** The part of a text that is selected. */
function within(element: Element, selected: Range): string {
  const range = document.createRange();
  range.selectNodeContents(element);
  if (element.contains(selected.startContainer)) range.setStart(selected.startContainer, selected.startOffset);
  if (element.contains(selected.endContainer)) range.setEnd(selected.endContainer, selected.endOffset);
  return range.toString().replaceAll('\u200b', '');
}
