import type { SideEffect } from "#shared/records/visit.ts";
import { sideEffects } from "#shared/rules/side-effects.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useErrorAt } from "./errors.ts";
import type { VisitPageForm } from "./visit-form.ts";

/** What the row with the focus means: its grades, what helps, since when, and a note. */
export function SideEffectDetail(props: {
  form: VisitPageForm;
  code: string;
  found: readonly SideEffect[];
  onChange: (part: Partial<Pick<SideEffect, "onset" | "note">>) => void;
}) {
  const errorAt = useErrorAt(props.form);
  const item = sideEffects.find((one) => one.code === props.code);
  if (!item) return null;
  const at = props.found.findIndex((one) => one.code === item.code);
  const kept = props.found[at];
  return (
    <div className="side-effect-detail" role="group" aria-label={`About: ${item.name}`}>
      <div className="side-effect-anchors">
        <h3>{item.name}</h3>
        <p>
          {item.anchors.map((anchor, index) => (
            <span key={anchor} data-on={kept?.grade === index + 1 || undefined}>
              <strong>{index + 1}</strong> {anchor}
            </span>
          ))}
        </p>
        {item.whatToDo !== "" && <p className="muted">Helps: {item.whatToDo}</p>}
      </div>
      {kept !== undefined && kept.grade > 0 && (
        <div className="side-effect-more">
          <DateField
            label="Since"
            name={`sideEffects.${at}.onset`}
            value={kept.onset}
            error={errorAt(`sideEffects.${at}.onset`)}
            onChange={(onset) => props.onChange({ onset })}
          />
          <TextField
            label="Note"
            name={`sideEffects.${at}.note`}
            required={false}
            value={kept.note}
            error={errorAt(`sideEffects.${at}.note`)}
            onChange={(note) => props.onChange({ note })}
          />
        </div>
      )}
    </div>
  );
}
