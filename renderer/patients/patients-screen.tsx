/**
 * Find a patient: one field that answers as one types. Mounted by app.tsx at `/patients`. Arrow keys choose, Enter opens.
 */
import { Link, useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useState } from "react";
import { listName, type PatientHit } from "#shared/records/patient.ts";
import { call, useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { SearchField } from "#renderer/ui/search-field.tsx";
import { EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { rememberSearch } from "./search-text.ts";
import "./patients.css";

export function PatientsScreen() {
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const search = useApi("patients.search", { text: text.trim() }, { keepPrevious: true });
  const hits = search.value ?? [];
  const active = Math.min(chosen, Math.max(0, hits.length - 1));

  function register(): void {
    rememberSearch(text);
    void navigate({ to: "/patients/new" });
  }

  function open(hit: PatientHit | undefined): void {
    if (hit) void navigate({ to: "/patients/$patientId", params: { patientId: hit.id } });
  }

  /** Enter came before the answer to the last letter: what is on screen still answers an earlier text. */
  async function openFirst(): Promise<void> {
    const answer = await call("patients.search", { text: text.trim() });
    if (!answer.ok) return;
    if (answer.value.length > 0) open(answer.value[0]);
    else if (text.trim() !== "") register();
  }

  function onKey(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen(Math.min(Math.max(0, active + step), Math.max(0, hits.length - 1)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (search.behind || search.loading) void openFirst();
      else if (hits.length > 0) open(hits[active]);
      else if (text.trim() !== "") register();
    }
  }

  return (
    <div className="patients">
      <PageHeader
        title="Patients"
        actions={
          <Link to="/patients/new" className="link-button" onClick={() => rememberSearch(text)}>
            Register a patient
          </Link>
        }
      />
      <SearchField
        label="Find a patient"
        placeholder="Name, birth date, record number or phone"
        autoFocus
        value={text}
        onChange={(next) => {
          setText(next);
          setChosen(0);
        }}
        onKeyDown={onKey}
        list={{
          id: listId,
          open: hits.length > 0,
          activeId: hits[active] ? `${listId}-${active}` : undefined,
        }}
      />
      <RefusalNotice refusal={search.refusal} />
      {search.loading && <Skeleton lines={6} />}
      <p className="patients-count" role="status">
        {text.trim() === ""
          ? hits.length > 0
            ? "Seen lately"
            : ""
          : search.behind
            ? ""
            : countWords(hits.length)}
      </p>
      {hits.length > 0 && (
        <ul id={listId} role="listbox" aria-label="Patients found" className="hit-list">
          {hits.map((hit, index) => (
            <Hit
              key={hit.id}
              id={`${listId}-${index}`}
              hit={hit}
              chosen={index === active}
              onOpen={() => open(hit)}
            />
          ))}
        </ul>
      )}
      {search.value && !search.behind && hits.length === 0 && (
        <EmptyState
          title={text.trim() === "" ? "There are no patients yet." : `Nobody fits “${text.trim()}”.`}
          action={
            <Link to="/patients/new" className="link-button button-main" onClick={() => rememberSearch(text)}>
              {text.trim() === "" ? "Register the first patient" : "Register a new patient"}
            </Link>
          }
        >
          {text.trim() !== "" &&
            "Try fewer letters, or the birth date. Enter registers a new patient with this text."}
        </EmptyState>
      )}
    </div>
  );
}

function Hit(props: { id: string; hit: PatientHit; chosen: boolean; onOpen: () => void }) {
  const dates = useDates();
  const { hit } = props;
  return (
    // The field keeps the focus and moves the choice; a click opens as Enter does.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the combobox's.
    <li
      id={props.id}
      role="option"
      aria-selected={props.chosen}
      className="hit"
      tabIndex={-1}
      ref={(element) => {
        if (props.chosen) element?.scrollIntoView({ block: "nearest" });
      }}
      onClick={props.onOpen}
    >
      <span className="hit-name">{listName(hit)}</span>
      <span>{dates.date(hit.birthDate)}</span>
      <span>{hit.recordNumber}</span>
      <span>{hit.phone}</span>
      <span className="muted">{hit.courseMonth === null ? "" : `Month ${hit.courseMonth}`}</span>
    </li>
  );
}

function countWords(count: number): string {
  return count === 1 ? "1 patient" : `${count} patients`;
}
