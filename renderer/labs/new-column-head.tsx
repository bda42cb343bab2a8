import { IconButton } from "#renderer/ui/button.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import type { NewColumn } from "./flowsheet-model.ts";

/** The head of a column that was opened: the day of the blood draw, and whether it was fasting. Enter goes to the cells. */
export function NewColumnHead(props: {
  column: NewColumn;
  /** There are results of this day already. */
  taken: boolean;
  /** A test of the rows depends on fasting. */
  fasting: boolean;
  error: string | undefined;
  onChange: (part: Partial<NewColumn>) => void;
  onClose: () => void;
  onDone: () => void;
}) {
  const { column } = props;
  return (
    <div
      className="lab-new"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        const field = event.target instanceof HTMLInputElement ? event.target.type : "";
        const last = props.fasting ? "radio" : "text";
        if (field === "" || (event.key !== "Enter" && !(event.key === "Tab" && field === last))) return;
        event.preventDefault();
        props.onDone();
      }}
    >
      <div className="lab-new-line">
        <span>{props.taken ? "Same day" : "New column"}</span>
        <IconButton icon="cross" label="Close this column" onClick={props.onClose} />
      </div>
      <DateField
        label="Collected on"
        labelHidden
        name={`columns.${column.id}.date`}
        value={column.date}
        whenEmpty=""
        error={props.error}
        onChange={(date) => props.onChange({ date: date ?? "" })}
      />
      {props.fasting && (
        <Segmented
          label="Fasting"
          clearable
          options={[
            { value: "yes", label: "Yes", keys: "y" },
            { value: "no", label: "No", keys: "n" },
          ]}
          value={column.fasting === null ? null : column.fasting ? "yes" : "no"}
          onChange={(next) => props.onChange({ fasting: next === null ? null : next === "yes" })}
        />
      )}
    </div>
  );
}
