import { useMemo, useRef, useState } from 'preact/hooks';
import { CHILDREN, type TreeRow, type TreeState, treeRows } from '../../../model/event-tree';
import type { JsonNode } from '../../../model/json-text';
import { shownText } from '../../../model/log-text';
import { CopyButton } from '../parts/copy-button';
import { Icon } from '../parts/icon';

/** An event that can be folded and unfolded, by mouse and by keyboard as trees are. */
export function EventTree({ text, root }: { readonly text: string; readonly root: JsonNode }) {
  const [state, setState] = useState<TreeState>({ toggled: new Set(), shown: new Map() });
  const [selected, setSelected] = useState('0');
  const tree = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(text, root, state), [text, root, state]);
  const current = rows.find(({ id }) => id === selected) ?? rows[0];

  const toggle = (row: TreeRow) => {
    if (row.kind === 'more') {
      const parent = row.id.replace(/\.more$/, '');
      const before = state.shown.get(parent) ?? CHILDREN;
      setState({ ...state, shown: new Map(state.shown).set(parent, before + CHILDREN) });
      setSelected(`${parent}.${before}`);
    } else if (row.isOpen !== undefined) {
      const toggled = new Set(state.toggled);
      if (!toggled.delete(row.id)) toggled.add(row.id);
      setState({ ...state, toggled });
    }
  };
  const focus = (row: TreeRow | undefined) => {
    if (row === undefined) return;
    setSelected(row.id);
    tree.current?.querySelector<HTMLElement>(`[data-id="${row.id}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (current === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const index = rows.indexOf(current);
    const parent = rows.find(({ id }) => id === current.id.replace(/\.[^.]+$/, ''));
    const actions: { readonly [key: string]: () => void } = {
      ArrowDown: () => focus(rows[index + 1]),
      ArrowUp: () => focus(rows[index - 1]),
      Home: () => focus(rows[0]),
      End: () => focus(rows.at(-1)),
      ArrowRight: () => (current.isOpen === false ? toggle(current) : current.isOpen && focus(rows[index + 1])),
      ArrowLeft: () => (current.isOpen === true ? toggle(current) : focus(parent)),
      Enter: () => toggle(current),
      ' ': () => toggle(current),
    };
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined;
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };
  return (
    <>
      <div ref={tree} class="tree" role="tree" aria-label="Event" onKeyDown={onKeyDown}>
        {rows.map((row) => (
          <TreeLine
            key={row.id}
            row={row}
            isSelected={row === current}
            onSelect={() => {
              setSelected(row.id);
              toggle(row);
            }}
          />
        ))}
      </div>
      {current && (
        <div class="tree-place">
          <code>{current.path}</code>
          <CopyButton small text={current.path}>
            Copy path
          </CopyButton>
          <CopyButton small text={copied(current)}>
            Copy value
          </CopyButton>
        </div>
      )}
    </>
  );
}

/** A string is copied as what it says, everything else as its JSON. */
function copied(row: TreeRow): string {
  const value = row.value();
  return row.kind === 'string' && value.startsWith('"') ? (JSON.parse(value) as string) : value;
}

function TreeLine(props: { readonly row: TreeRow; readonly isSelected: boolean; readonly onSelect: () => void }) {
  const { row, isSelected } = props;
  const { id, level, name, kind, preview, isOpen, position, siblings } = row;
  return (
    // The tree hears the keys.
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div
      role="treeitem"
      data-id={id}
      class={`tree-line kind-${kind}`}
      style={{ paddingLeft: `${(level - 1) * 14}px` }}
      tabIndex={isSelected ? 0 : -1}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-selected={isSelected}
      aria-expanded={isOpen}
      onClick={props.onSelect}
    >
      <span class="tree-fold">{isOpen !== undefined && <Icon name="chevron" size={14} />}</span>
      <span class="tree-text">
        {name !== undefined && <span class="tree-name">{shownText(name)}: </span>}
        <span class="tree-value">{shownText(preview)}</span>
      </span>
    </div>
  );
}
