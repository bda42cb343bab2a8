import { useState } from "react";
import { type FieldPath, type FieldValues, useForm, type UseFormReturn, useWatch } from "react-hook-form";
import { PASSWORD_MIN, type Role } from "#shared/records/account.ts";
import type { Session } from "#shared/records/session.ts";
import type { Refusal } from "#shared/refusal.ts";
import { call, useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CheckboxRow } from "#renderer/ui/checkbox.tsx";
import { ClinicFields, type ClinicForm } from "#renderer/ui/clinic-fields.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, FormActions, Section } from "#renderer/ui/layout.tsx";
import { NewPasswordField } from "#renderer/ui/new-password-field.tsx";
import { RecoveryCodeSheet } from "#renderer/ui/recovery-code.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { SignInPage } from "./sign-in-page.tsx";

type AccountForm = {
  folder: string;
  login: string;
  name: string;
  roles: Role[];
  password: string;
  again: string;
};

const roleWords: readonly { value: Role; label: string }[] = [
  { value: "prescriber", label: "Prescriber" },
  { value: "nurse", label: "Nurse" },
  { value: "reception", label: "Reception" },
  { value: "administrator", label: "Administrator" },
];

/** Creates a record: the clinic, the folder, the first account; then the recovery code, once. */
export function CreateRecordScreen({ session, onLeave }: { session: Session; onLeave: () => void }) {
  const clinicForm = useForm<ClinicForm>({ defaultValues: { clinic: proposedClinic() } });
  const accountForm = useForm<AccountForm>({
    defaultValues: {
      folder: "",
      login: "",
      name: "",
      roles: ["prescriber", "administrator"],
      password: "",
      again: "",
    },
  });
  const create = useCommand("session.createRecord");
  const choose = useCommand("session.chooseFolder");
  const [code, setCode] = useState<string | null>(null);

  const submit = async () => {
    clinicForm.clearErrors();
    accountForm.clearErrors();
    const { again: _again, ...account } = accountForm.getValues();
    const answer = await create.run({ ...account, clinic: clinicForm.getValues("clinic") });
    if (!answer.ok) {
      showPart(accountForm, answer.refusal, (path) => !path.startsWith("clinic."));
      showPart(clinicForm, answer.refusal, (path) => path.startsWith("clinic."));
    } else setCode(answer.value.recoveryCode);
  };
  const submitChecked = () => {
    const { password, again } = accountForm.getValues();
    if (password !== again) {
      create.reset();
      accountForm.clearErrors();
      accountForm.setError("again", { type: "differs", message: "The two passwords differ." });
      accountForm.setFocus("again");
      return;
    }
    void submit();
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
      title="Create a record"
      sub="Everything here can be changed later in Settings, except the folder."
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submitChecked();
        }}
      >
        <ClinicFields form={clinicForm} />
        <Section title="Where the record is kept">
          <p className="muted">
            An empty folder on this computer{session.browser ? "" : " or on a drive of the clinic"}. The
            record and its keys are written there, encrypted.
          </p>
          <div className="folder">
            <FormField form={accountForm} name="folder">
              {(bind) => <TextField label="Folder" size="wide" required {...bind} />}
            </FormField>
            <Button
              onClick={async () => {
                const answer = await choose.run({ purpose: "create" });
                if (answer.ok && answer.value.folder) accountForm.setValue("folder", answer.value.folder);
              }}
            >
              Choose…
            </Button>
          </div>
        </Section>
        <Section title="The first account">
          <FieldRow>
            <FormField form={accountForm} name="name">
              {(bind) => (
                <TextField label="Name" hint="As it signs visits: Dr Ana Ruiz." required {...bind} />
              )}
            </FormField>
            <FormField form={accountForm} name="login">
              {(bind) => (
                <TextField
                  label="User name"
                  hint="To sign in with."
                  autoComplete="username"
                  required
                  {...bind}
                />
              )}
            </FormField>
          </FieldRow>
          <FormField form={accountForm} name="roles">
            {(bind) => <CheckboxRow label="Roles" options={roleWords} {...bind} />}
          </FormField>
          <FieldRow>
            <FirstPassword clinicForm={clinicForm} accountForm={accountForm} />
            <FormField form={accountForm} name="again">
              {(bind) => (
                <TextField
                  label="Password again"
                  type="password"
                  autoComplete="new-password"
                  required
                  {...bind}
                />
              )}
            </FormField>
          </FieldRow>
        </Section>
        <RefusalNotice refusal={create.refusal ?? choose.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={create.running}>
            Create the record
          </Button>
          <Button disabled={create.running} onClick={onLeave}>
            Back
          </Button>
        </FormActions>
      </form>
    </SignInPage>
  );
}

/** Apart, so that only it is drawn again while the names are typed. */
function FirstPassword(props: {
  clinicForm: UseFormReturn<ClinicForm, unknown, ClinicForm>;
  accountForm: UseFormReturn<AccountForm, unknown, AccountForm>;
}) {
  const own = [
    useWatch({ control: props.clinicForm.control, name: "clinic.name" }),
    ...useWatch({ control: props.accountForm.control, name: ["name", "login"] }),
  ];
  return (
    <FormField form={props.accountForm} name="password">
      {(bind) => <NewPasswordField label="Password" min={PASSWORD_MIN} own={own} required {...bind} />}
    </FormField>
  );
}

/** The paper with the code; nothing of it is kept. */
export async function recoveryPaper(recoveryCode: string): Promise<Uint8Array | null> {
  const answer = await call("documents.recoveryCode", { recoveryCode });
  return answer.ok ? answer.value.bytes : null;
}

/** The frame of a page whose part brings its own heading. */
export function SignInPageBare({ children }: { children: React.ReactNode }) {
  return <main className="sign-in sign-in-narrow">{children}</main>;
}

function showPart<T extends FieldValues>(
  form: UseFormReturn<T, unknown, T>,
  refusal: Refusal,
  belongs: (path: FieldPath<T> | string) => boolean,
): void {
  const fields = Object.fromEntries(Object.entries(refusal.fields).filter(([path]) => belongs(path)));
  showRefusal(form, { ...refusal, fields });
}

/** What this computer's own settings suggest. */
function proposedClinic(): ClinicForm["clinic"] {
  const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
  const american = timeZone.startsWith("America/") || locale === "en-US";
  return {
    name: "",
    address: "",
    phone: "",
    afterHoursPhone: "",
    zone: timeZone === "Etc/UTC" ? "UTC" : timeZone,
    letterhead: "",
    dateStyle: american ? "mdy" : "dmy",
    weightUnit: american ? "lb" : "kg",
    labUnits: american ? "conventional" : "si",
    crisisLine: american ? "988 (call or text)" : "",
    idleMinutes: 10,
  };
}
