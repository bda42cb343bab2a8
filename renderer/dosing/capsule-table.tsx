import type { CapsuleCount } from "#shared/records/visit.ts";
import { FieldError } from "#renderer/ui/field.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";

/** How many capsules of each strength, morning and evening. */
export function CapsuleTable(props: {
  strengths: readonly number[];
  capsules: readonly CapsuleCount[];
  onChange: (strengthMg: number, when: "morning" | "evening", count: number | string | null) => void;
  error: string | undefined;
}) {
  const strengths = [
    ...new Set([...props.strengths, ...props.capsules.map((one) => one.strengthMg)]),
  ].toSorted((a, b) => a - b);
  return (
    <div data-field="dose.capsules">
      <table className="table capsules">
        <caption className="for-readers">Capsules a day</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            {strengths.map((one) => (
              <th key={one} scope="col" data-align="end">
                {one} mg
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(["morning", "evening"] as const).map((when) => (
            <tr key={when}>
              <th scope="row">{when === "morning" ? "Morning" : "Evening"}</th>
              {strengths.map((one) => (
                <td key={one}>
                  <NumberField
                    label={`${one} mg, ${when}`}
                    labelHidden
                    placeholder="0"
                    value={props.capsules.find((row) => row.strengthMg === one)?.[when] || null}
                    onChange={(count) => props.onChange(one, when, count)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <FieldError id="dose-capsules-error" error={props.error} />
    </div>
  );
}
