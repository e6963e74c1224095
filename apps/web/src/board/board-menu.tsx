import { MainMenu } from '@excalidraw/excalidraw';

/** Our own menu: Excalidraw's would load and save files and lead to its makers' pages. */
export function BoardMenu({ canEdit }: { readonly canEdit: boolean }) {
  return (
    <MainMenu>
      <MainMenu.DefaultItems.SaveAsImage />
      <MainMenu.DefaultItems.SearchMenu />
      <MainMenu.DefaultItems.Help />
      {canEdit && (
        <>
          <MainMenu.Separator />
          <MainMenu.DefaultItems.ChangeCanvasBackground />
        </>
      )}
    </MainMenu>
  );
}
