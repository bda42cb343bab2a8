import { useForm } from "react-hook-form";
import type { Session } from "#shared/records/session.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** Somebody is in, the screen is locked: asks for that person's password. */
export function LockScreen({ session }: { session: Session }) {
  const form = useForm<{ password: string }>({ defaultValues: { password: "" } });
  const unlock = useCommand("session.unlock");
  const signOut = useCommand("session.signOut");
  const name = session.lockedFor?.name ?? "";
  const submit = async () => {
    form.clearErrors();
    const answer = await unlock.run(form.getValues());
    if (answer.ok) return;
    form.setValue("password", "");
    showRefusal(form, answer.refusal);
    form.setFocus("password");
  };
  const refusal = unlock.refusal;
  return (
    <SignInPage
      narrow
      title="Locked"
      sub={`What ${name} was doing is kept. Unlock to go on from there.`}
      demo={session.record?.demo ?? false}
    >
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField form={form} name="password">
          {(bind) => (
            <TextField
              label={`Password of ${name}`}
              type="password"
              autoComplete="current-password"
              autoFocus
              {...bind}
            />
          )}
        </FormField>
        {refusal && Object.keys(refusal.fields).length === 0 && (
          <RefusalNotice
            refusal={refusal.code === "locked" ? { ...refusal, code: "not-allowed" } : refusal}
          />
        )}
        <FormActions>
          <Button type="submit" kind="main" busy={unlock.running}>
            Unlock
          </Button>
          <Button kind="quiet" busy={signOut.running} onClick={() => void signOut.run({})}>
            I am somebody else
          </Button>
        </FormActions>
      </form>
    </SignInPage>
  );
}
