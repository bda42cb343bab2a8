import { useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { dateIn } from "#shared/calendar.ts";
import { type Account, PASSWORD_MIN, type Role } from "#shared/records/account.ts";
import { call, useApi, useCommand, useSession } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CheckboxRow } from "#renderer/ui/checkbox.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, FormActions, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { NewPasswordField } from "#renderer/ui/new-password-field.tsx";
import { RecoveryCodeSheet } from "#renderer/ui/recovery-code.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Banner, Skeleton, StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

const roleWords: readonly { value: Role; label: string }[] = [
  { value: "prescriber", label: "Prescriber" },
  { value: "nurse", label: "Nurse" },
  { value: "reception", label: "Reception" },
  { value: "administrator", label: "Administrator" },
];

const inWords = (roles: readonly Role[]) =>
  roleWords
    .filter((one) => roles.includes(one.value))
    .map((one) => one.label)
    .join(", ");

/** Who may open the record, and as what. */
export function AccountsScreen() {
  const accounts = useApi("accounts.list", {});
  const dates = useDates();
  const [open, setOpen] = useState<"new" | { id: string } | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const chosen =
    typeof open === "object" && open ? accounts.value?.find((one) => one.id === open.id) : undefined;

  if (code !== null) {
    return (
      <RecoveryCodeSheet
        code={code}
        makePaper={async () => {
          const paper = await call("documents.recoveryCode", { recoveryCode: code });
          return paper.ok ? paper.value.bytes : null;
        }}
        doneLabel="Back to the accounts"
        onDone={() => setCode(null)}
      />
    );
  }
  return (
    <>
      <PageHeader
        title="Accounts"
        sub="Each person signs in with their own. What they do is in the audit trail under their name."
        actions={
          <Button kind="main" icon="plus" onClick={() => setOpen("new")}>
            Add a person
          </Button>
        }
      />
      <RefusalNotice refusal={accounts.refusal} />
      {accounts.loading && <Skeleton />}
      {accounts.value && (
        <Table
          caption="Accounts"
          rows={accounts.value}
          rowKey={(one) => one.id}
          rowTone={(one) => (one.enabled ? undefined : "muted")}
          columns={columns(dates, chosen?.id ?? null, (id) => setOpen(id === null ? null : { id }))}
        />
      )}
      {open === "new" && <NewAccount onDone={() => setOpen(null)} />}
      {chosen && <ChangeAccount key={chosen.id} account={chosen} onDone={() => setOpen(null)} />}
      <NewRecoveryCode onCode={setCode} />
    </>
  );
}

function columns(
  dates: Dates,
  chosenId: string | null,
  choose: (id: string | null) => void,
): Column<Account>[] {
  return [
    { id: "name", header: "Name", rowHeader: true, cell: (one) => one.name },
    { id: "login", header: "User name", cell: (one) => one.login },
    { id: "roles", header: "Roles", cell: (one) => inWords(one.roles) },
    { id: "state", header: "State", cell: (one) => <AccountState account={one} /> },
    { id: "since", header: "Since", cell: (one) => dates.date(dateIn(dates.zone, one.createdAt)) },
    {
      id: "act",
      header: <span className="for-readers">Change</span>,
      align: "end",
      cell: (one) => (
        <Button
          kind="quiet"
          aria-label={`Change ${one.name}`}
          aria-expanded={chosenId === one.id}
          onClick={() => choose(chosenId === one.id ? null : one.id)}
        >
          Change
        </Button>
      ),
    },
  ];
}

function AccountState({ account }: { account: Account }) {
  if (!account.enabled) return <StatusMark status="none">Disabled</StatusMark>;
  if (!account.hasPassword) return <StatusMark status="watch">Needs a password</StatusMark>;
  return (
    <StatusMark status="ok" quiet>
      Enabled
    </StatusMark>
  );
}

function NewAccount({ onDone }: { onDone: () => void }) {
  const form = useForm<{ login: string; name: string; roles: Role[]; password: string }>({
    defaultValues: { login: "", name: "", roles: [], password: "" },
  });
  const own = useWatch({ control: form.control, name: ["name", "login"] });
  const add = useCommand("accounts.add");
  const submit = async () => {
    form.clearErrors();
    const answer = await add.run(form.getValues());
    if (!answer.ok) {
      showRefusal(form, answer.refusal);
      return;
    }
    toast(`${answer.value.name} can sign in.`);
    onDone();
  };
  return (
    <Section title="Add a person">
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FieldRow>
          <FormField form={form} name="name">
            {(bind) => <TextField label="Name" hint="As it signs visits." autoFocus {...bind} />}
          </FormField>
          <FormField form={form} name="login">
            {(bind) => <TextField label="User name" hint="To sign in with." {...bind} />}
          </FormField>
        </FieldRow>
        <FormField form={form} name="roles">
          {(bind) => <CheckboxRow label="Roles" options={roleWords} {...bind} />}
        </FormField>
        <FormField form={form} name="password">
          {(bind) => <NewPasswordField label="First password" min={PASSWORD_MIN} own={own} {...bind} />}
        </FormField>
        <RefusalNotice refusal={add.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={add.running} keys="Ctrl+Enter">
            Add
          </Button>
          <Button onClick={onDone}>Cancel</Button>
        </FormActions>
      </form>
    </Section>
  );
}

function ChangeAccount({ account, onDone }: { account: Account; onDone: () => void }) {
  const self = useSession()?.user?.id === account.id;
  const form = useForm<{ name: string; roles: Role[] }>({
    defaultValues: { name: account.name, roles: account.roles },
  });
  const update = useCommand("accounts.update");
  const disable = useCommand("accounts.disable");
  const submit = async () => {
    form.clearErrors();
    const answer = await update.run({ id: account.id, ...form.getValues() });
    if (!answer.ok) {
      showRefusal(form, answer.refusal);
      return;
    }
    toast("Account saved.");
    onDone();
  };
  return (
    <Section title={`Change ${account.name}`}>
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField form={form} name="name">
          {(bind) => <TextField label="Name" autoFocus {...bind} />}
        </FormField>
        <FormField form={form} name="roles">
          {(bind) => <CheckboxRow label="Roles" options={roleWords} {...bind} />}
        </FormField>
        <RefusalNotice refusal={update.refusal ?? disable.refusal} />
        <FormActions>
          <Button type="submit" kind="main" busy={update.running}>
            Save
          </Button>
          {account.enabled && !self && (
            <Button
              kind="danger"
              busy={disable.running}
              onClick={async () => {
                const answer = await disable.run({ id: account.id });
                if (answer.ok) {
                  toast(`${account.name} can no longer sign in.`);
                  onDone();
                }
              }}
            >
              Disable
            </Button>
          )}
          <Button onClick={onDone}>Close</Button>
        </FormActions>
      </form>
      {self ? (
        <p className="muted">Your own password is changed under My password.</p>
      ) : (
        <SetPassword account={account} onDone={onDone} />
      )}
    </Section>
  );
}

function SetPassword({ account, onDone }: { account: Account; onDone: () => void }) {
  const form = useForm({ defaultValues: { password: "" } });
  const set = useCommand("accounts.setPassword");
  const submit = async () => {
    form.clearErrors();
    const answer = await set.run({ id: account.id, ...form.getValues() });
    if (!answer.ok) {
      showRefusal(form, answer.refusal);
      return;
    }
    toast(account.enabled ? "Password set." : `${account.name} can sign in again.`);
    onDone();
  };
  return (
    <form
      className="form card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <FormField form={form} name="password">
        {(bind) => (
          <NewPasswordField
            label={account.enabled ? "New password" : "New password, to enable the account again"}
            min={PASSWORD_MIN}
            own={[account.name, account.login]}
            {...bind}
          />
        )}
      </FormField>
      <RefusalNotice refusal={set.refusal} />
      <div className="actions">
        <Button type="submit" busy={set.running}>
          {account.enabled ? "Set the password" : "Enable"}
        </Button>
      </div>
    </form>
  );
}

function NewRecoveryCode({ onCode }: { onCode: (code: string) => void }) {
  const make = useCommand("accounts.newRecoveryCode");
  const [asked, setAsked] = useState(false);
  return (
    <Section title="Recovery code">
      <p className="muted">
        The code on paper opens the record when every password is forgotten. If the paper may have been seen,
        make a new code: the old one stops working at once.
      </p>
      <RefusalNotice refusal={make.refusal} />
      {asked ? (
        <Banner
          status="watch"
          title="Make a new code? The present paper becomes worthless."
          actions={
            <>
              <Button
                kind="main"
                busy={make.running}
                onClick={async () => {
                  const answer = await make.run({});
                  if (answer.ok) onCode(answer.value.recoveryCode);
                }}
              >
                Make a new code
              </Button>
              <Button onClick={() => setAsked(false)}>Keep the old one</Button>
            </>
          }
        />
      ) : (
        <div className="actions">
          <Button onClick={() => setAsked(true)}>Make a new recovery code</Button>
        </div>
      )}
    </Section>
  );
}
