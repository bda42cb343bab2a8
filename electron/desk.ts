/** The desk: the system's dialogs for folders and files. The only place that opens them. */
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { app, BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions, shell } from "electron";
import type { Desk } from "./api/handler.ts";

/** The desk of this machine. In a browser, the stand-in asks there, and the shown file becomes a download. */
export const desk: Desk = {
  chooseFolder: async (purpose) => {
    const options: OpenDialogOptions = {
      title:
        purpose === "create" ? "Choose an empty folder for the new record" : "Choose the folder of a record",
      properties: purpose === "create" ? ["openDirectory", "createDirectory"] : ["openDirectory"],
    };
    const window = BrowserWindow.getFocusedWindow();
    const chosen = await (window === null
      ? dialog.showOpenDialog(options)
      : dialog.showOpenDialog(window, options));
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  },
  save: async (suggestedName, bytes) => {
    const options: SaveDialogOptions = {
      defaultPath: join(app.getPath("documents"), basename(suggestedName)),
    };
    const window = BrowserWindow.getFocusedWindow();
    const chosen = await (window === null
      ? dialog.showSaveDialog(options)
      : dialog.showSaveDialog(window, options));
    if (chosen.canceled || chosen.filePath === "") return false;
    await writeFile(chosen.filePath, bytes);
    shell.showItemInFolder(chosen.filePath);
    return true;
  },
};
