import { useState } from "react";
import { useForm } from "react-hook-form";
import type { Session } from "#shared/records/session.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** No record is chosen: create one, open one, or look around the demo clinic. */
export function FirstScreen({ session, onCreate }: { session: Session; onCreate: () => void }) {
  const demo = useCommand("session.openDemo");
  // A clinic that begins has nothing to open; one that is at work opens every day.
  const known = session.recent.length > 0;
  const openRecord = (
    <Section title="Open a record">
      <OpenRecord session={session} />
    </Section>
  );
  return (
    <SignInPage
      title="Isochart"
      sub="The record of a clinic’s isotretinoin patients. It is kept on this computer, encrypted, and needs no internet."
    >
      {known && openRecord}
      <Section title="Create a record">
        <p className="muted">
          For a clinic that is new to Isochart. It asks for the clinic’s details, a folder, and the first
          account.
        </p>
        <div className="actions">
          <Button kind={known ? "plain" : "main"} onClick={onCreate}>
            Create a record
          </Button>
        </div>
      </Section>
      {!known && openRecord}
      <Section title="Look around">
        <p className="muted">
          A demo clinic with made-up patients, in a temporary folder. It never touches a real record.
        </p>
        <RefusalNotice refusal={demo.refusal} />
        <div className="actions">
          <Button busy={demo.running} onClick={() => void demo.run({})}>
            Open the demo clinic
          </Button>
        </div>
      </Section>
    </SignInPage>
  );
}

function OpenRecord({ session }: { session: Session }) {
  const form = useForm<{ folder: string }>({ defaultValues: { folder: session.recent[0] ?? "" } });
  const open = useCommand("session.openRecord");
  const choose = useCommand("session.chooseFolder");
  const [opening, setOpening] = useState<string | null>(null);
  const openFolder = async (folder: string) => {
    form.clearErrors();
    form.setValue("folder", folder);
    setOpening(folder);
    const answer = await open.run({ folder });
    setOpening(null);
    if (!answer.ok) showRefusal(form, answer.refusal);
  };
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void openFolder(form.getValues("folder").trim());
      }}
    >
      {/* One alone stands in the field already. */}
      {session.recent.length > 1 && (
        <ul className="recent" aria-label="Opened before">
          {session.recent.map((folder) => (
            <li key={folder}>
              <Button kind="quiet" busy={opening === folder} onClick={() => void openFolder(folder)}>
                {folder}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div className="folder">
        <FormField form={form} name="folder">
          {(bind) => <TextField label="Folder of the record" size="wide" {...bind} />}
        </FormField>
        <Button
          onClick={async () => {
            const answer = await choose.run({ purpose: "open" });
            if (answer.ok && answer.value.folder) await openFolder(answer.value.folder);
          }}
        >
          Choose…
        </Button>
        <Button type="submit" kind={session.recent.length > 0 ? "main" : "plain"} busy={open.running}>
          Open
        </Button>
      </div>
      <RefusalNotice refusal={open.refusal ?? choose.refusal} />
    </form>
  );
}
