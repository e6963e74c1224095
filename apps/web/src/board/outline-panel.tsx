import type { RecordStore } from '@atrium/client';
import { boardOutline, type OutlineItem } from '@atrium/kinds/board';
import { CaptureUpdateAction } from '@excalidraw/excalidraw';
import type { ExcalidrawImperativeAPI } from '@excalidraw/excalidraw/types';
import { List } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import { elementNames } from './element-names.ts';

interface OutlinePanelProps {
  readonly api: ExcalidrawImperativeAPI;
  readonly store: RecordStore;
}

/** What is on the board as a list of words: for keyboards and screen readers, and for finding something. */
export function OutlinePanel({ api, store }: OutlinePanelProps) {
  const [isOpen, setOpen] = useState(false);
  const listId = useId();
  return (
    <section className="board-outline" aria-label="Outline">
      <button
        type="button"
        className="board-outline-toggle"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setOpen(!isOpen)}
      >
        <List size={18} aria-hidden />
        Outline
      </button>
      <div id={listId} hidden={!isOpen} className="board-outline-list">
        {isOpen && <OutlineList api={api} store={store} />}
      </div>
    </section>
  );
}

function OutlineList({ api, store }: OutlinePanelProps) {
  const items = useOutline(store);
  if (items.length === 0) return <p>There is nothing on the board yet.</p>;
  return (
    <ol>
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" onClick={() => showOnCanvas(api, item.id)}>
            <span>{elementNames[item.type]}</span>
            {item.text && <q>{item.text.slice(0, 80)}</q>}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** Twice a second at most: while somebody draws, the records change with every frame. */
function useOutline(store: RecordStore): readonly OutlineItem[] {
  const [items, setItems] = useState(() => boardOutline(store));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const leave = store.onChange(() => {
      timer ??= setTimeout(() => {
        timer = null;
        setItems(boardOutline(store));
      }, 500);
    });
    return () => {
      leave();
      if (timer) clearTimeout(timer);
    };
  }, [store]);
  return items;
}

function showOnCanvas(api: ExcalidrawImperativeAPI, id: string): void {
  const element = api.getSceneElements().find((candidate) => candidate.id === id);
  if (!element) return;
  api.updateScene({ appState: { selectedElementIds: { [id]: true } }, captureUpdate: CaptureUpdateAction.NEVER });
  api.scrollToContent(element, { fitToViewport: true, viewportZoomFactor: 0.5, maxZoom: 1, animate: false });
}
