import { useEffect, useEffectEvent } from "react";
import { useWatch } from "react-hook-form";
import type { VisitForm } from "#shared/records/visit.ts";
import { Icon, type IconName } from "#renderer/ui/icons.tsx";
import {
  type SectionState,
  sectionStates,
  sectionStateWords,
  type VisitPageForm,
  type VisitSectionId,
  visitSections,
} from "./visit-form.ts";

const ICONS: Record<SectionState, IconName> = { done: "check", begun: "pen", empty: "dash", alert: "stop" };

/** Where one is in the visit: each part with how far it has come. Alt and its number goes there. */
export function VisitOutline({ form }: { form: VisitPageForm }) {
  const values = useWatch({ control: form.control }) as VisitForm;
  const states = sectionStates(values);

  const heard = useEffectEvent((event: KeyboardEvent) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    // By the place of the key: with Alt, some systems write another sign.
    const digit = /^(?:Digit|Numpad)([1-9])$/u.exec(event.code)?.[1];
    const section = visitSections[Number(digit) - 1];
    if (section === undefined) return;
    event.preventDefault();
    goToSection(section.id);
  });
  useEffect(() => {
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);

  return (
    <nav className="visit-outline" aria-label="Parts of the visit">
      <ol>
        {visitSections.map((section, index) => (
          <li key={section.id}>
            <button
              type="button"
              data-state={states[section.id]}
              onClick={() => goToSection(section.id)}
              aria-keyshortcuts={`Alt+${index + 1}`}
            >
              <span className="visit-outline-number">{index + 1}</span>
              <span>{section.title}</span>
              <Icon name={ICONS[states[section.id]]} />
              <span className="for-readers">{sectionStateWords[states[section.id]]}</span>
            </button>
          </li>
        ))}
      </ol>
      <p className="muted">
        Alt and a number goes there.
        <br />
        Enter goes to the next field.
      </p>
    </nav>
  );
}

/** Brings a part to the top and the focus to its first field. */
export function goToSection(id: VisitSectionId): void {
  const section = document.getElementById(`visit-${id}`);
  section?.scrollIntoView({ block: "start" });
  const fields = section?.querySelectorAll<HTMLElement>("input, select, textarea");
  const field = [...(fields ?? [])].find((one) => one.tabIndex >= 0 && !one.matches(":disabled"));
  field?.focus({ preventScroll: true });
}
