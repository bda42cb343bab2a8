import { useSession } from "#renderer/api.ts";
import { ShortcutList } from "#renderer/shortcuts.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { version } from "../../package.json";

/** What the program is, which one, and its keys. */
export function AboutScreen() {
  const session = useSession();
  return (
    <>
      <PageHeader
        title="About Isochart"
        sub="The record that a small dermatology clinic keeps of its isotretinoin patients, on the clinic’s own computer. It needs no server and no internet."
      />
      <Section title="This program" titleHidden>
        <KeyValues
          items={[
            { key: "Version", value: version },
            { key: "Licence", value: "MIT" },
            { key: "Record", value: session?.record?.folder ?? "" },
            { key: "Runs in", value: session?.browser ? "a browser on this computer" : "its own window" },
          ]}
        />
        <p className="muted about-limits">
          Isochart shows what the rules of a programme’s edition say about the facts on record, with their
          sources. It does not replace the judgement of the prescriber, nor the entries that a programme asks
          for on its own website.
        </p>
      </Section>
      <Section title="Shortcuts">
        <ShortcutList />
      </Section>
    </>
  );
}
