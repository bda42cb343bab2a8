import type { Patient, PatientFields } from "#shared/records/patient.ts";

/** One field that differs between two revisions, both sides in words; "empty" where nothing stood. */
export type Change = { field: string; before: string; after: string };

const labels: Record<keyof PatientFields, string> = {
  familyName: "Family name",
  givenNames: "Given names",
  preferredName: "Preferred name",
  birthDate: "Birth date",
  recordNumber: "Record number",
  phone: "Phone",
  email: "E-mail",
  address: "Address",
  guardianName: "Guardian",
  guardianPhone: "Guardian’s phone",
  allergies: "Allergies",
};

/** Allergies as words. Not asked yet is said so, and is never "none". */
export function allergyWords(allergies: PatientFields["allergies"]): string {
  if (allergies.status === "unknown") return "Not recorded";
  return allergies.status === "none-known" ? "None known" : allergies.items.join(", ");
}

/** What differs from `before` to `after`, in the order of the form. `showDate` writes a calendar date for people. */
export function patientChanges(
  before: PatientFields,
  after: PatientFields,
  showDate: (date: string) => string,
): Change[] {
  return (Object.keys(labels) as (keyof PatientFields)[])
    .map((key) => ({
      field: labels[key],
      before: valueWords(before, key, showDate),
      after: valueWords(after, key, showDate),
    }))
    .filter((one) => one.before !== one.after);
}

/** Each revision with what it changed against the one before; the first one has no changes. `history` in any order, latest first out. */
export function patientRevisions(
  history: readonly Patient[],
  showDate: (date: string) => string,
): { revision: Patient; changes: Change[] }[] {
  const inOrder = [...history].sort((a, b) => a.version - b.version);
  return inOrder
    .map((revision, index) => {
      const before = inOrder[index - 1];
      return { revision, changes: before ? patientChanges(before, revision, showDate) : [] };
    })
    .reverse();
}

function valueWords(
  fields: PatientFields,
  key: keyof PatientFields,
  showDate: (date: string) => string,
): string {
  if (key === "allergies") return allergyWords(fields.allergies);
  if (key === "birthDate") return showDate(fields.birthDate);
  return fields[key] || "empty";
}
