/** One line that goes to a patient, or does an action. The frame's search field and the command palette are both this. */
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, type Ref, useId, useRef, useState } from "react";
import { listName, type PatientHit } from "#shared/records/patient.ts";
import { call, useApi } from "./api.ts";
import { Kbd } from "./ui/button.tsx";
import { useDates } from "./ui/dates.tsx";
import { SearchField } from "./ui/search-field.tsx";

/** Something that can be done from the palette. */
export type Action = {
  id: string;
  label: string;
  /** Where it belongs, shown at its end: `Chart`, `Go to`. */
  group: string;
  /** Its shortcut, if it has one. */
  keys?: string;
  run: () => void;
};

type Line = { id: string; run: () => void; content: ReactNode };

const MOST_PATIENTS = 8;

/** The field and its answers. `actions` empty: patients only. `popup`: the answers float below the field. */
export function Finder(props: {
  label: string;
  actions: readonly Action[];
  /** Whether this person may look for patients. */
  patients: boolean;
  popup?: boolean;
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  placeholder?: string;
  /** Called when something was chosen, or Escape was pressed on an empty field. */
  onDone?: () => void;
}) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(!props.popup);
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const place = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const wanted = text.trim();
  const found = useApi(
    "patients.search",
    { text: wanted },
    { enabled: props.patients && wanted !== "", keepPrevious: true },
  );

  const waiting = props.patients && wanted !== "" && (found.loading || found.behind);

  const finish = (run: () => void) => {
    setText("");
    setChosen(0);
    if (props.popup) {
      setOpen(false);
      // What is typed next is meant for the page that is opened, however long that takes to come.
      place.current?.querySelector("input")?.blur();
    }
    props.onDone?.();
    run();
  };
  const linesOf = (hits: readonly PatientHit[]): Line[] => [
    ...hits.slice(0, MOST_PATIENTS).map((hit) => ({
      id: hit.id,
      run: () => void navigate({ to: "/patients/$patientId", params: { patientId: hit.id } }),
      content: <PatientLine hit={hit} />,
    })),
    ...matching(props.actions, wanted).map((action) => ({
      id: action.id,
      run: action.run,
      content: (
        <>
          <span>{action.label}</span>
          <span className="list-box-note">{action.keys ? <Kbd>{action.keys}</Kbd> : action.group}</span>
        </>
      ),
    })),
  ];
  const hits = wanted === "" ? [] : (found.value ?? []);
  const lines = linesOf(hits);
  const at = Math.min(chosen, Math.max(0, lines.length - 1));
  const showing = open && (props.popup ? wanted !== "" : true);
  const lineId = (index: number) => `${listId}-${index}`;

  /** Enter was pressed before the answer to the last letter had come: the first of that answer is taken. */
  const finishWithFirst = async () => {
    const answer = await call("patients.search", { text: wanted });
    const first = linesOf(answer.ok ? answer.value : [])[0];
    if (first) finish(first.run);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const line = lines[at];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setOpen(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (lines.length > 0) setChosen((at + step + lines.length) % lines.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (waiting) void finishWithFirst();
      else if (line) finish(line.run);
    } else if (event.key === "Escape" && props.popup && text === "") {
      event.currentTarget.blur();
      props.onDone?.();
    }
  };

  return (
    <div
      ref={place}
      className={props.popup ? "finder finder-popup" : "finder"}
      onBlur={(event) => {
        if (props.popup && !event.currentTarget.contains(event.relatedTarget)) setOpen(false);
      }}
    >
      <SearchField
        label={props.label}
        value={text}
        placeholder={props.placeholder ?? props.label}
        onChange={(next) => {
          setText(next);
          setChosen(0);
          setOpen(true);
        }}
        onKeyDown={onKeyDown}
        list={{ id: listId, activeId: showing && lines.length > 0 ? lineId(at) : undefined, open: showing }}
        {...(props.keys ? { keys: props.keys } : {})}
        {...(props.inputRef ? { register: props.inputRef } : {})}
        {...(props.autoFocus ? { autoFocus: true } : {})}
      />
      {showing && (
        <div className="finder-answers">
          <ul id={listId} role="listbox" aria-label={props.label} className="list-box">
            {lines.map((line, index) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the field keeps the focus and handles the keys.
              <li
                key={line.id}
                id={lineId(index)}
                role="option"
                aria-selected={index === at}
                className="list-box-item"
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => finish(line.run)}
                onPointerMove={() => setChosen(index)}
              >
                {line.content}
              </li>
            ))}
          </ul>
          <p className="finder-note" role="status">
            {found.refusal
              ? found.refusal.sentence
              : lines.length === 0 && wanted !== "" && !found.refreshing
                ? "Nothing fits."
                : hits.length > MOST_PATIENTS
                  ? "More fit: type on."
                  : ""}
          </p>
        </div>
      )}
    </div>
  );
}

function PatientLine({ hit }: { hit: PatientHit }) {
  const dates = useDates();
  return (
    <>
      <span>
        <strong>{listName(hit)}</strong>
      </span>
      <span className="list-box-note">
        {dates.date(hit.birthDate)} · {hit.recordNumber}
      </span>
    </>
  );
}

/** Actions whose words begin with each of the typed words. */
function matching(actions: readonly Action[], text: string): readonly Action[] {
  const parts = text.toLowerCase().split(/\s+/u).filter(Boolean);
  return actions.filter((action) => {
    const words = `${action.label} ${action.group}`.toLowerCase().split(/[\s:,]+/u);
    return parts.every((part) => words.some((word) => word.startsWith(part)));
  });
}
