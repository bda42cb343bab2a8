import { join } from "node:path";
import { flipFuses, FuseV1Options, FuseVersion } from "@electron/fuses";
import type { AfterPackContext, Configuration } from "electron-builder";

/** What goes into the installable packages, and how they are made. */
export const packaging: Configuration = {
  appId: "org.isochart.app",
  productName: "Isochart",
  copyright: "© The Isochart authors",
  directories: { output: "dist" },
  files: [
    "out/**",
    "package.json",
    "LICENSE",
    "!**/*.map",
    // Of the packages kept outside the bundle, only what runs.
    "!node_modules/better-sqlite3/{deps,src,binding.gyp}",
    "!node_modules/node-addon-api",
    "!node_modules/better-sqlite3/prebuilds/!(${platform}-${arch}).node",
    "!node_modules/dejavu-fonts-ttf/{fontconfig,*.txt,NEWS,BUGS,*.md}",
    "!node_modules/dejavu-fonts-ttf/ttf/!(DejaVuSans|DejaVuSans-Bold|DejaVuSans-Oblique|DejaVuSans-BoldOblique|DejaVuSansCondensed*|DejaVuSansMono).ttf",
    "!node_modules/pdfmake/{build,fonts,build-vfs.js}",
    "!node_modules/**/{test,tests,__tests__,example,examples,docs,.github}/**",
    "!node_modules/**/*.{d.ts,d.cts,d.mts,md,ts}",
  ],
  asar: true,
  asarUnpack: ["**/*.node"],
  // The database's binary is ready for every platform; a rebuild would ask for a compiler.
  npmRebuild: false,
  nodeGypRebuild: false,
  linux: {
    executableName: "isochart",
    target: ["AppImage", "deb"],
    category: "MedicalSoftware",
    maintainer: "The Isochart authors",
  },
  win: { target: ["nsis"] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
  mac: { target: ["dmg"], category: "public.app-category.medical", hardenedRuntime: true },
  publish: null,
  afterPack: hardenFuses,
};

/** Shuts, in Electron's own binary, what could turn the program into a way in. */
async function hardenFuses(context: AfterPackContext): Promise<void> {
  const name = context.packager.appInfo.productFilename;
  const binary = {
    darwin: `${name}.app`,
    mas: `${name}.app`,
    win32: `${name}.exe`,
    linux: "isochart",
  }[context.electronPlatformName as "darwin" | "mas" | "win32" | "linux"];
  await flipFuses(join(context.appOutDir, binary), {
    version: FuseVersion.V1,
    resetAdHocDarwinSignature: context.electronPlatformName === "darwin",
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  });
}
