/** The canvas of a board room: Excalidraw, with everything switched off that this product does not offer. */
import './asset-path.ts';
import '@excalidraw/excalidraw/index.css';
import './board.css';
import { useAtrium, usePresence, useRoomStatus } from '@atrium/client/react';
import { isAtLeast } from '@atrium/rooms/kind';
import { toast, useShownTheme } from '@atrium/ui';
import { Excalidraw } from '@excalidraw/excalidraw';
import type { AppState, ExcalidrawImperativeAPI, ExcalidrawProps } from '@excalidraw/excalidraw/types';
import type { ExcalidrawElement } from '@excalidraw/excalidraw/element/types';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { BoardMenu } from './board-menu.tsx';
import { BoardPresenceSender } from './board-presence-sender.ts';
import { type BoardRoomHandle, BoardSession, type UnappliedElement } from './board-session.ts';
import { collaboratorsOf } from './collaborators.ts';
import { browserHexColour } from './hex-colour.ts';
import { OutlinePanel } from './outline-panel.tsx';
import { useNamedControls } from './use-named-controls.ts';
import { useNoFiles } from './use-no-files.ts';

const uiOptions: NonNullable<ExcalidrawProps['UIOptions']> = {
  canvasActions: { loadScene: false, saveToActiveFile: false, export: false, toggleTheme: false, clearCanvas: false },
  tools: { image: false },
};
const noEmbeds = () => false;

export interface BoardRoomProps {
  /** An open room of the kind `board`. */
  readonly room: BoardRoomHandle;
  /** Looks on in a public room without being a member of it. */
  readonly isVisitor: boolean;
  /** Told what this person did in vain, while the right to do it was taken away. Must stay the same. */
  readonly onNotApplied: (elements: readonly UnappliedElement[]) => void;
}

/** Fills its parent, which must have a height. Load it lazily: it brings the whole editor. */
export function BoardRoom({ room, isVisitor, onNotApplied }: BoardRoomProps) {
  const [api, setApi] = useState<ExcalidrawImperativeAPI | null>(null);
  const container = useRef<HTMLDivElement>(null);
  const { role } = useRoomStatus(room);
  const theme = useShownTheme();
  const canEdit = role !== null && isAtLeast(role, 'editor');
  const presence = useMemo(() => new BoardPresenceSender(room, isVisitor), [room, isVisitor]);
  const onChange = useBoardSession(api, room, onNotApplied);
  useCollaborators(api, room);
  useNamedControls(container);
  useNoFiles(container);

  return (
    <div ref={container} className="board-canvas" data-testid="board" onPointerLeave={() => presence.setCursor(null)}>
      <Excalidraw
        excalidrawAPI={setApi}
        onChange={(elements, appState) => {
          onChange(elements, appState);
          presence.setSelection(appState.selectedElementIds);
        }}
        onPointerUpdate={({ pointer, button }) => presence.setCursor(pointer, button)}
        isCollaborating
        viewModeEnabled={!canEdit}
        theme={theme}
        langCode="en"
        UIOptions={uiOptions}
        validateEmbeddable={noEmbeds}
        aiEnabled={false}
        handleKeyboardGlobally={false}
      >
        <BoardMenu canEdit={canEdit} />
      </Excalidraw>
      {api && <OutlinePanel api={api} store={room.store} />}
    </div>
  );
}

/** Keeps the canvas and the room together for as long as both are there. */
function useBoardSession(
  api: ExcalidrawImperativeAPI | null,
  room: BoardRoomHandle,
  onNotApplied: BoardRoomProps['onNotApplied'],
) {
  const session = useRef<BoardSession | null>(null);
  // A layout effect ends before the canvas does: what was drawn last can still be read from it and sent.
  useLayoutEffect(() => {
    if (!api) return undefined;
    const started = new BoardSession({ api, room, toHex: browserHexColour, onRefused: toast, onNotApplied });
    session.current = started;
    started.onChange(api.getSceneElementsIncludingDeleted(), api.getAppState());
    // The last moment in which a page that is closed can still write down what was drawn.
    const onHidden = () => document.visibilityState === 'hidden' && started.flush();
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      started.stop();
      session.current = null;
    };
  }, [api, room, onNotApplied]);
  return (elements: readonly ExcalidrawElement[], appState: AppState) => session.current?.onChange(elements, appState);
}

/** Shows the others' cursors, names and selections. */
function useCollaborators(api: ExcalidrawImperativeAPI | null, room: BoardRoomHandle): void {
  const { api: queries } = useAtrium();
  const people = usePresence(room);
  const me = useQuery(queries.auth.me.query());
  const userId = me.data?.user?.id ?? null;
  useEffect(() => {
    api?.updateScene({ collaborators: collaboratorsOf(people, userId) });
  }, [api, people, userId]);
}
