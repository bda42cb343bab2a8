/** The desk: the system's dialogs for folders and files. The only place that opens them. */
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { app, dialog, shell } from "electron";
import type { Desk } from "./api/handler.ts";

/** The desk of this machine. In a browser, the stand-in asks there, and the shown file becomes a download. */
export const desk: Desk = {
  chooseFolder: async (purpose) => {
    const chosen = await dialog.showOpenDialog({
      title:
        purpose === "create" ? "Choose an empty folder for the new record" : "Choose the folder of a record",
      properties: purpose === "create" ? ["openDirectory", "createDirectory"] : ["openDirectory"],
    });
    return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
  },
  save: async (suggestedName, bytes) => {
    const chosen = await dialog.showSaveDialog({
      defaultPath: join(app.getPath("documents"), basename(suggestedName)),
    });
    if (chosen.canceled || chosen.filePath === "") return false;
    await writeFile(chosen.filePath, bytes);
    shell.showItemInFolder(chosen.filePath);
    return true;
  },
};
