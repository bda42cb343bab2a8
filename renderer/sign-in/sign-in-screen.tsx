import { useForm } from "react-hook-form";
import type { Session } from "#shared/records/session.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { SignInPage } from "./sign-in-page.tsx";

/** A record is chosen, nobody is in. */
export function SignInScreen({ session, onRecover }: { session: Session; onRecover: () => void }) {
  const form = useForm<{ login: string; password: string }>({ defaultValues: { login: "", password: "" } });
  const signIn = useCommand("session.signIn");
  const close = useCommand("session.closeRecord");
  const submit = async () => {
    form.clearErrors();
    const answer = await signIn.run(form.getValues());
    if (answer.ok) return;
    form.setValue("password", "");
    showRefusal(form, answer.refusal);
    if (Object.keys(answer.refusal.fields).length === 0) form.setFocus("password");
  };
  return (
    <SignInPage
      narrow
      title="Sign in"
      sub={session.record?.clinicName || session.record?.folder}
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
        <FormField form={form} name="login">
          {(bind) => <TextField label="User name" autoComplete="username" autoFocus {...bind} />}
        </FormField>
        <FormField form={form} name="password">
          {(bind) => <TextField label="Password" type="password" autoComplete="current-password" {...bind} />}
        </FormField>
        <SignInRefusal refusal={signIn.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={signIn.running}>
            Sign in
          </Button>
        </FormActions>
      </form>
      <div className="actions sign-in-ways">
        <Button kind="quiet" onClick={onRecover}>
          Password forgotten: use the recovery code
        </Button>
        <Button kind="quiet" busy={close.running} onClick={() => void close.run({})}>
          Another record
        </Button>
      </div>
    </SignInPage>
  );
}

/** A refusal before signing in; `locked` is an answer here too. */
function SignInRefusal({ refusal }: { refusal: Parameters<typeof RefusalNotice>[0]["refusal"] }) {
  if (!refusal || (refusal.code === "invalid" && Object.keys(refusal.fields).length > 0)) return null;
  return (
    <RefusalNotice refusal={refusal.code === "locked" ? { ...refusal, code: "not-allowed" } : refusal} />
  );
}
