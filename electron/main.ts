import { join } from "node:path";
import { app, ipcMain } from "electron";
import { isFromOurPage, openWindow, registerPageScheme } from "./window.ts";

const out = join(import.meta.dirname, "..");
const developmentUrl = app.isPackaged ? undefined : process.env["ELECTRON_RENDERER_URL"];

function start(): void {
  ipcMain.handle("isochart:call", (event, _method: unknown, _input: unknown) => {
    if (!isFromOurPage(event, developmentUrl)) {
      return { ok: false, refusal: { code: "not-allowed", sentence: "This page may not ask.", fields: {} } };
    }
    return { ok: false, refusal: { code: "not-found", sentence: "There is no such method.", fields: {} } };
  });
  app.on("window-all-closed", () => app.quit());
  void openWindow({
    preload: join(out, "preload", "preload.cjs"),
    page: join(out, "renderer"),
    developmentUrl,
  });
}

registerPageScheme();
if (app.requestSingleInstanceLock()) void app.whenReady().then(start);
else app.quit();
