import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { PASSWORD_MIN } from "#shared/records/account.ts";
import type { Session } from "#shared/records/session.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { NewPasswordField } from "#renderer/ui/new-password-field.tsx";
import { RecoveryCodeSheet } from "#renderer/ui/recovery-code.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { recoveryPaper, SignInPageBare } from "./create-record-screen.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** Opens the record with the recovery code, sets a new password, and shows the next code. */
export function RecoveryScreen({ session, onLeave }: { session: Session; onLeave: () => void }) {
  const form = useForm({ defaultValues: { code: "", login: "", password: "" } });
  const recover = useCommand("session.recover");
  const login = useWatch({ control: form.control, name: "login" });
  const [code, setCode] = useState<string | null>(null);
  const submit = async () => {
    form.clearErrors();
    const answer = await recover.run(form.getValues());
    if (answer.ok) setCode(answer.value.recoveryCode);
    else showRefusal(form, answer.refusal);
  };
  if (code !== null) {
    return (
      <SignInPageBare>
        <RecoveryCodeSheet
          code={code}
          makePaper={() => recoveryPaper(code)}
          doneLabel="Go to the record"
          onDone={onLeave}
        />
      </SignInPageBare>
    );
  }
  return (
    <SignInPage
      narrow
      title="Use the recovery code"
      sub={
        <>
          {session.record?.clinicName || session.record?.folder}
          <br />
          The code on paper opens the record and sets a new password. A new code is made; the old one stops
          working.
        </>
      }
    >
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField form={form} name="code">
          {(bind) => <TextField label="Recovery code" autoFocus {...bind} />}
        </FormField>
        <FormField form={form} name="login">
          {(bind) => <TextField label="User name of an administrator" autoComplete="username" {...bind} />}
        </FormField>
        <FormField form={form} name="password">
          {(bind) => <NewPasswordField label="New password" min={PASSWORD_MIN} own={[login]} {...bind} />}
        </FormField>
        <RefusalNotice refusal={recover.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={recover.running}>
            Set the password and open
          </Button>
          <Button disabled={recover.running} onClick={onLeave}>
            Back
          </Button>
        </FormActions>
      </form>
    </SignInPage>
  );
}
