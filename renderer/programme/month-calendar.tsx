/**
 * A patient's months: arrow keys move by day and week, Page Up and Page Down by month, Home and End within the week. Each day
 * tells its marks by sign and word; the sentences of the chosen day stand below, those of the coming days beside.
 */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { addDays, addMonths, type CalendarDate, unbroken } from "#shared/calendar.ts";
import {
  type CalendarMark,
  calendarMarkKind,
  type CalendarMarkKind,
  type ProgrammeCalendar,
} from "#shared/records/programme-calendar.ts";
import { calendarMarkWords } from "#shared/records/words.ts";
import { type CalendarDay, firstOfMonth, marksOn, monthOf } from "#shared/rules/programme-calendar.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { Icon, type IconName } from "#renderer/ui/icons.tsx";
import "./month-calendar.css";

const ICONS: Record<CalendarMarkKind, IconName> = {
  "test-possible": "tube",
  "window-open": "window",
  "pick-up-by": "clock",
  "next-visit": "person",
  "waiting-until": "flag",
  "supply-ends": "pill",
  "test-after-treatment": "tube",
  "contraception-until": "shield",
  "no-blood-donation-until": "drop",
  tested: "check",
  prescribed: "pen",
  "picked-up": "save",
  "last-dose": "dash",
};

export function MonthCalendar({ calendar }: { calendar: ProgrammeCalendar }) {
  const dates = useDates();
  const titleId = useId();
  const [chosen, setChosen] = useState<CalendarDate>(calendar.today);
  const page = monthOf(calendar, chosen);
  const grid = useRef<HTMLTableElement>(null);
  const byKey = useRef(false);
  useEffect(() => {
    if (!byKey.current) return;
    byKey.current = false;
    grid.current?.querySelector<HTMLElement>(`[data-date="${chosen}"]`)?.focus();
  }, [chosen]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moved(chosen, event.key, page.weeks);
    if (next === null) return;
    event.preventDefault();
    byKey.current = true;
    setChosen(next);
  }

  const marks = marksOn(calendar, chosen);
  return (
    <div className="month-calendar">
      <div className="month-page">
        <div className="month-head">
          <IconButton icon="left" label="Month before" onClick={() => setChosen(addMonths(chosen, -1))} />
          <h3 id={titleId} aria-live="polite">
            {page.name}
          </h3>
          <IconButton icon="right" label="Month after" onClick={() => setChosen(addMonths(chosen, 1))} />
          {firstOfMonth(chosen) !== firstOfMonth(calendar.today) && (
            <Button kind="quiet" onClick={() => setChosen(calendar.today)}>
              Today
            </Button>
          )}
        </div>
        <table role="grid" className="month-grid" aria-labelledby={titleId} ref={grid} onKeyDown={onKeyDown}>
          <thead>
            <tr>
              {page.weekdays.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.weeks.map((week) => (
              <tr key={week[0]?.date}>
                {week.map((day, index) => (
                  <Day
                    key={day.date}
                    day={day}
                    first={index === 0}
                    chosen={day.date === chosen}
                    dates={dates}
                    onChoose={() => setChosen(day.date)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p className="month-chosen" role="status">
          <strong>{dates.day(chosen)}</strong>{" "}
          {marks.length === 0
            ? "Nothing on this day."
            : marks.map((one) => onThatDay(one.sentence, dates.day(chosen))).join(" ")}
        </p>
      </div>
      <Coming calendar={calendar} />
    </div>
  );
}

function Day(props: {
  day: CalendarDay;
  /** The first of its week: a stretch of days says its word again. */
  first: boolean;
  chosen: boolean;
  dates: Dates;
  onChoose: () => void;
}) {
  const { day, dates } = props;
  const words = day.marks.map((one) => calendarMarkWords[one.kind].long).join(", ");
  return (
    <td
      aria-selected={props.chosen}
      className={`${day.inMonth ? "" : "month-outside"}${day.isToday ? " month-today" : ""}${day.marks.some((one) => one.kind === "window-open") ? " month-window" : ""}`}
    >
      <button
        type="button"
        data-date={day.date}
        tabIndex={props.chosen ? 0 : -1}
        aria-current={day.isToday ? "date" : undefined}
        onClick={props.onChoose}
      >
        <span className="for-readers">
          {[dates.day(day.date), day.isToday ? "today" : "", words].filter(Boolean).join(", ")}
        </span>
        <span className="month-number" aria-hidden="true">
          {Number(day.date.slice(8))}
        </span>
        {day.marks.map((mark, index) => (
          <span key={index} className={`month-mark mark-${mark.kind}`} aria-hidden="true">
            <Icon name={ICONS[mark.kind]} />
            {(mark.from === day.date || props.first) && <span>{markWord(mark, dates)}</span>}
          </span>
        ))}
      </button>
    </td>
  );
}

/** `Collect by 10:59 PM`: the hour belongs to the word. */
function markWord(mark: CalendarMark, dates: Dates): string {
  const { short } = calendarMarkWords[mark.kind];
  return mark.at === null ? short : `${short} ${dates.time(mark.at)}`;
}

/** What is to come, as sentences, and the signs in use with their words. */
function Coming({ calendar }: { calendar: ProgrammeCalendar }) {
  const { today } = calendar;
  const coming = calendar.marks.filter(
    (one) => !PAST.has(one.kind) && ((one.to ?? today) >= today || one.kind === "test-after-treatment"),
  );
  const used = calendarMarkKind.options.filter((kind) => calendar.marks.some((one) => one.kind === kind));
  return (
    <div className="month-side">
      <h3>To come</h3>
      {coming.length === 0 && calendar.notes.length === 0 && <p className="muted">No dates are planned.</p>}
      <ul className="month-coming">
        {coming.map((one, index) => (
          <li key={index}>
            <Icon name={ICONS[one.kind]} />
            <span>{unbroken(one.sentence)}</span>
          </li>
        ))}
        {calendar.notes.map((note) => (
          <li key={note}>
            <Icon name="info" />
            <span>{note}</span>
          </li>
        ))}
      </ul>
      {used.length > 0 && (
        <>
          <h3>Signs</h3>
          <ul className="month-legend">
            {used.map((kind) => (
              <li key={kind}>
                <span className={`month-mark mark-${kind}`}>
                  <Icon name={ICONS[kind]} />
                </span>
                {calendarMarkWords[kind].long}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** A mark's sentence under the heading of its own day: `Next visit.`, not `Next visit: Sun, Nov 22, 2026.` */
function onThatDay(sentence: string, day: string): string {
  return sentence
    .replace(` from ${day}.`, " from this day on.")
    .replace(`: ${day}.`, ".")
    .replace(` on ${day}.`, ".")
    .replace(` by ${day}, `, " by ");
}

const PAST: ReadonlySet<CalendarMarkKind> = new Set(["tested", "prescribed", "picked-up", "last-dose"]);

/** The day that a key leads to; null for another key. */
function moved(
  from: CalendarDate,
  key: string,
  weeks: readonly (readonly CalendarDay[])[],
): CalendarDate | null {
  const week = weeks.find((one) => one.some((day) => day.date === from)) ?? [];
  const place = week.findIndex((day) => day.date === from);
  switch (key) {
    case "ArrowLeft":
      return addDays(from, -1);
    case "ArrowRight":
      return addDays(from, 1);
    case "ArrowUp":
      return addDays(from, -7);
    case "ArrowDown":
      return addDays(from, 7);
    case "Home":
      return addDays(from, -place);
    case "End":
      return addDays(from, week.length - 1 - place);
    case "PageUp":
      return addMonths(from, -1);
    case "PageDown":
      return addMonths(from, 1);
    default:
      return null;
  }
}
