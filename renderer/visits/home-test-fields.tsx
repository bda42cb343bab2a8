import type { HomeEvidence } from "#shared/records/programme-entry.ts";
import { CODE_HINT, HomePermission } from "#renderer/home-test.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useErrorAt } from "./errors.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

/** What shows that a test outside a medical setting is this patient's, of this day, and rightly read. Source: domain facts 1.8. */
export function HomeTestFields(props: {
  form: VisitPageForm;
  around: VisitAround;
  /** Path of the test in the form: `entries.0`. */
  at: string;
  atHome: boolean;
  home: HomeEvidence;
  onChange: (home: HomeEvidence) => void;
}) {
  const { at, home } = props;
  const errorAt = useErrorAt(props.form);
  const set = (part: Partial<HomeEvidence>) => props.onChange({ ...home, ...part });
  const text = (key: "kitBrand" | "kitLot" | "challengeCode" | "verifiedBy") => ({
    name: `${at}.home.${key}`,
    value: home[key],
    error: errorAt(`${at}.home.${key}`),
    required: false,
    onChange: (value: string) => set({ [key]: value }),
  });
  return (
    <div role="group" aria-label="Evidence of the home test" className="visit-group">
      {props.atHome && <HomePermission entries={props.around.entries} />}
      <FieldRow>
        <TextField label="Code beside the test" hint={CODE_HINT} size="small" {...text("challengeCode")} />
        <TextField label="Kit" {...text("kitBrand")} />
        <TextField label="Lot" size="small" {...text("kitLot")} />
        <DateField
          label="Kit expires on"
          required={false}
          name={`${at}.home.kitExpiry`}
          value={home.kitExpiry}
          error={errorAt(`${at}.home.kitExpiry`)}
          onChange={(kitExpiry) => set({ kitExpiry })}
        />
        <TextField
          label="Looked at by"
          hint="Who at the clinic saw the photo or video."
          {...text("verifiedBy")}
        />
      </FieldRow>
    </div>
  );
}
