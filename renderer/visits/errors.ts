import { get, useFormState } from "react-hook-form";
import type { VisitPageForm } from "./visit-form.ts";

/** What was refused at a dotted path of the page; undefined when nothing was. For fields that are not tied one by one. */
export function useErrorAt(form: VisitPageForm): (path: string) => string | undefined {
  const { errors } = useFormState({ control: form.control });
  return (path) => {
    const found: unknown = get(errors, `${path}.message`);
    return typeof found === "string" ? found : undefined;
  };
}
