import { useForm } from "react-hook-form";
import { PASSWORD_MIN } from "#shared/records/account.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions, PageHeader } from "#renderer/ui/layout.tsx";
import { NewPasswordField } from "#renderer/ui/new-password-field.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

const empty = { password: "", newPassword: "", again: "" };

/** One's own password. */
export function PasswordScreen() {
  const user = useSession()?.user;
  const form = useForm({ defaultValues: empty });
  const change = useCommand("session.changePassword");
  const submit = async () => {
    form.clearErrors();
    const { again, ...input } = form.getValues();
    if (input.newPassword !== again) {
      change.reset();
      form.setError("again", { type: "differs", message: "The two passwords differ." });
      form.setFocus("again");
      return;
    }
    const answer = await change.run(input);
    if (!answer.ok) {
      showRefusal(form, answer.refusal);
      return;
    }
    form.reset(empty);
    toast("Password changed.");
  };
  return (
    <>
      <PageHeader
        title="My password"
        sub={`For ${user?.name ?? ""}. It opens the record on this computer; nobody else can read it, not even an administrator.`}
      />
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
            <TextField label="Present password" type="password" autoComplete="current-password" {...bind} />
          )}
        </FormField>
        <FormField form={form} name="newPassword">
          {(bind) => (
            <NewPasswordField
              label="New password"
              min={PASSWORD_MIN}
              own={[user?.name ?? "", user?.login ?? ""]}
              {...bind}
            />
          )}
        </FormField>
        <FormField form={form} name="again">
          {(bind) => (
            <TextField label="New password again" type="password" autoComplete="new-password" {...bind} />
          )}
        </FormField>
        <RefusalNotice refusal={change.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={change.running}>
            Change the password
          </Button>
        </FormActions>
      </form>
    </>
  );
}
