import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import { listName, type PatientFields } from "#shared/records/patient.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Banner } from "#renderer/ui/status.tsx";

/** Milliseconds of rest after a key before the record is asked. */
const REST_MS = 250;

/** Says, while one types, who in the record may be the same person. Advisory: it never stops a registration. */
export function Duplicates(props: {
  form: UseFormReturn<PatientFields, unknown, PatientFields>;
  /** The patient that is being edited, who is no duplicate of themselves. */
  exceptId: string | null;
}) {
  const dates = useDates();
  const [familyName, givenNames, birthDate, phone] = props.form.watch([
    "familyName",
    "givenNames",
    "birthDate",
    "phone",
  ]);
  const asked = useRested(
    JSON.stringify({ familyName, givenNames, birthDate: birthDate ?? "", phone, exceptId: props.exceptId }),
  );
  const input = JSON.parse(asked) as {
    familyName: string;
    givenNames: string;
    birthDate: string;
    phone: string;
    exceptId: string | null;
  };
  const enough = input.familyName.trim().length > 1 || input.phone.trim().length > 5;
  const found = useApi("patients.duplicates", input, { enabled: enough, keepPrevious: true });
  const alike = enough ? (found.value ?? []) : [];

  return (
    <div role="status" className="duplicates">
      {alike.length > 0 && (
        <Banner
          status="watch"
          role={null}
          title={alike.length === 1 ? "This may be the same person:" : "One of these may be the same person:"}
        >
          <ul>
            {alike.map((one) => (
              <li key={one.id}>
                <Link to="/patients/$patientId" params={{ patientId: one.id }} className="link">
                  {listName(one)}
                </Link>{" "}
                <span>
                  {dates.date(one.birthDate)} · {one.recordNumber}
                </span>{" "}
                · {one.why}
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  );
}

/** `value` once it has not changed for a moment. */
function useRested(value: string): string {
  const [rested, setRested] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return rested;
}
