import { cleanup, render, screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, test } from "vitest";
import { DateField } from "#renderer/ui/date-field.tsx";
import { DatesProvider } from "#renderer/ui/dates.tsx";
import { NumberField, readNumber } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";

afterEach(cleanup);

const dates = { today: "2026-11-22", style: "mdy", zone: "America/New_York" } as const;

/** Shows a field on a state of its own and tells each value that it gives. */
function show<V>(first: V, draw: (value: V, set: (value: V) => void) => React.ReactElement) {
  const told: V[] = [];
  function Form() {
    const [value, setValue] = useState<V>(first);
    return (
      <DatesProvider {...dates}>
        {draw(value, (next) => {
          told.push(next);
          setValue(next);
        })}
        <button type="button">Next</button>
      </DatesProvider>
    );
  }
  render(<Form />);
  return { person: userEvent.setup(), told };
}

describe("a typed number", () => {
  test.each([
    ["72.5", 72.5],
    ["72,5", 72.5],
    [" 1 204 ", 1204],
    [".5", 0.5],
    ["-3", -3],
    ["\u22123", -3],
    ["0,125", 0.125],
    ["", null],
  ])("%j reads as %j", (text, value) => {
    expect(readNumber(text)).toBe(value);
  });

  test.each(["abc", "7,250", "1.2.3", "12 kg", "1e5", "--3", "."])("%j is not guessed at", (text) => {
    expect(readNumber(text)).toBeUndefined();
  });
});

describe("a number field", () => {
  const weight = (value: number | string | null, set: (value: number | string | null) => void) => (
    <NumberField label="Weight" unit="kg" value={value} onChange={set} />
  );

  test("shows what was typed, not what it was read as", async () => {
    const { person, told } = show<number | string | null>(null, weight);
    const field = screen.getByLabelText<HTMLInputElement>("Weight, kg");
    await person.type(field, "72,50");
    expect(field.value).toBe("72,50");
    expect(told.at(-1)).toBe(72.5);
  });

  test("keeps text that is no number, and says so only when one leaves it", async () => {
    const { person, told } = show<number | string | null>(null, weight);
    const field = screen.getByLabelText<HTMLInputElement>("Weight, kg");
    await person.type(field, "sixty");
    expect(field.getAttribute("aria-invalid")).toBeNull();
    await person.tab();
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText("“sixty” is not a number.")).toBeDefined();
    expect(told.at(-1)).toBe("sixty");
  });

  test("says what is wrong with a comma between thousands", async () => {
    const { person } = show<number | string | null>(null, weight);
    await person.type(screen.getByLabelText("Weight, kg"), "1,204");
    await person.tab();
    expect(screen.getByText("Write it without a comma between thousands.")).toBeDefined();
  });

  test("an emptied field tells null, never zero", async () => {
    const { person, told } = show<number | string | null>(64, weight);
    await person.clear(screen.getByLabelText("Weight, kg"));
    expect(told.at(-1)).toBeNull();
  });
});

describe("a date field", () => {
  const birth = (value: string | null, set: (value: string | null) => void) => (
    <DateField label="Birth date" value={value} onChange={set} />
  );

  test("takes a local form and writes it out with the month as a word", async () => {
    const { person, told } = show<string | null>(null, birth);
    const field = screen.getByLabelText<HTMLInputElement>("Birth date");
    await person.type(field, "4/7/99");
    await person.tab();
    expect(told.at(-1)).toBe("1999-04-07");
    expect(field.value).toBe("Apr 7, 1999");
  });

  test("an impossible date stays typed and is refused at the field", async () => {
    const { person, told } = show<string | null>(null, birth);
    const field = screen.getByLabelText<HTMLInputElement>("Birth date");
    await person.type(field, "2/30/2026");
    await person.tab();
    expect(field.value).toBe("2/30/2026");
    expect(told.at(-1)).toBe("2/30/2026");
    expect(screen.getByText(/“2\/30\/2026” is not a date/)).toBeDefined();
  });

  test("t is today, and the arrows move by a day", async () => {
    const { person, told } = show<string | null>(null, birth);
    const field = screen.getByLabelText<HTMLInputElement>("Birth date");
    await person.click(field);
    await person.keyboard("t");
    expect(told.at(-1)).toBe("2026-11-22");
    await person.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}");
    expect(told.at(-1)).toBe("2026-11-21");
    expect(field.value).toBe("Nov 21, 2026");
  });

  test("a t inside a month's name is only a letter", async () => {
    const { person, told } = show<string | null>(null, birth);
    await person.type(screen.getByLabelText("Birth date"), "Oct 3, 2025");
    expect(told.at(-1)).toBe("2025-10-03");
  });
});

describe("a row of answers", () => {
  const grade = (value: number | null, set: (value: number | null) => void) => (
    <Segmented
      label="Dry lips"
      clearable
      value={value}
      onChange={set}
      options={[
        { value: 0, label: "None" },
        { value: 1, label: "Mild" },
        { value: 2, label: "Moderate" },
      ]}
    />
  );

  test("a digit picks, Backspace takes back to not recorded, and other keys do nothing", async () => {
    const { person, told } = show<number | null>(null, grade);
    await person.tab();
    await person.keyboard("2");
    expect(screen.getByRole<HTMLInputElement>("radio", { name: "Moderate" }).checked).toBe(true);
    await person.keyboard("7x");
    expect(told).toEqual([2]);
    await person.keyboard("{Backspace}");
    expect(told).toEqual([2, null]);
  });

  test("one Tab leaves the row after a digit", async () => {
    const { person } = show<number | null>(null, grade);
    await person.tab();
    await person.keyboard("1");
    await person.tab();
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Next" }));
  });
});
