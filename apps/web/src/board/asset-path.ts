/** Where the build puts Excalidraw's fonts. Import this before Excalidraw: it reads the address when it is loaded. */
declare global {
  interface Window {
    EXCALIDRAW_ASSET_PATH: string | string[] | undefined;
  }
}

window.EXCALIDRAW_ASSET_PATH = '/excalidraw-assets/';
