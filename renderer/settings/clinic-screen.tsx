import { useForm } from "react-hook-form";
import { mayCall } from "#shared/permissions.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { Refusal } from "#shared/refusal.ts";
import { useApi, useCommand, useSession } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { setColorScheme, useColorScheme } from "#renderer/color-scheme.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ClinicFields, type ClinicForm } from "#renderer/ui/clinic-fields.tsx";
import { FormActions, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Banner, Skeleton } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** The clinic's details, and how this window looks. */
export function ClinicScreen() {
  const clinic = useApi("clinic.read", {});
  const user = useSession()?.user ?? null;
  return (
    <>
      <PageHeader
        title="Clinic"
        sub="What stands on the clinic’s paper, and how dates and units are written."
      />
      <RefusalNotice refusal={clinic.refusal} />
      {clinic.loading && <Skeleton lines={8} />}
      {clinic.value && <ClinicDetails clinic={clinic.value} readOnly={!mayCall("clinic.update", user)} />}
      <Section title="This window">
        <ColorSchemeField />
      </Section>
    </>
  );
}

function ClinicDetails({ clinic, readOnly }: { clinic: Clinic; readOnly: boolean }) {
  const form = useForm<ClinicForm>({ defaultValues: { clinic } });
  const draft = useDraft({ key: "clinic", patientId: null, baseVersion: null, form });
  const save = useCommand("clinic.update");
  const submit = async () => {
    form.clearErrors();
    const answer = await save.run(form.getValues("clinic"));
    if (!answer.ok) {
      showRefusal(form, ofForm(answer.refusal));
      return;
    }
    await draft.clear();
    form.reset({ clinic: answer.value });
    toast("Clinic saved.");
  };
  return (
    <DraftGuard draft={draft}>
      {readOnly && (
        <Banner status="info" role={null} title="Only an administrator can change these details." />
      )}
      <form
        noValidate
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <fieldset disabled={readOnly}>
          <legend className="for-readers">Clinic</legend>
          <ClinicFields form={form} />
        </fieldset>
        {!readOnly && (
          <>
            <RefusalNotice refusal={save.refusal && ofForm(save.refusal)} />
            <FormActions>
              <Button type="submit" kind="main" busy={save.running} keys="Ctrl+Enter">
                Save
              </Button>
              <DraftNote draft={draft} />
            </FormActions>
          </>
        )}
      </form>
    </DraftGuard>
  );
}

/** The refusal with its paths as the form has them: the clinic stands one step deeper there. */
function ofForm(refusal: Refusal): Refusal {
  const fields = Object.entries(refusal.fields).map(([path, sentence]) => [`clinic.${path}`, sentence]);
  return { ...refusal, fields: Object.fromEntries(fields) as Refusal["fields"] };
}

function ColorSchemeField() {
  const scheme = useColorScheme();
  return (
    <Segmented
      label="Colours"
      value={scheme}
      onChange={(next) => next && setColorScheme(next)}
      options={[
        { value: "system", label: "As the system", keys: "1" },
        { value: "light", label: "Light", keys: "2" },
        { value: "dark", label: "Dark", keys: "3" },
      ]}
    />
  );
}
