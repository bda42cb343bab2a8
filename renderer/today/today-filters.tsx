import { useState } from "react";
import { dueKind, EVERY_LINE, type TodayFilter, type TodayLine } from "#shared/records/due.ts";
import { dueKindWords, roleWords } from "#shared/records/words.ts";
import { call, useSession } from "#renderer/api.ts";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";

const ROLES = ["all", "prescriber", "nurse", "reception"] as const;

/** True if a line is to be shown. */
export function matching(line: TodayLine, filter: TodayFilter): boolean {
  return (
    (filter.role === "all" || line.roles.includes(filter.role)) &&
    (filter.kind === "all" || line.kind === filter.kind)
  );
}

/** The filter, remembered on this computer. It shows at once; the session brings what was chosen before. */
export function useTodayFilter(): [TodayFilter, (filter: TodayFilter) => void] {
  const before = useSession()?.todayFilter;
  const [chosen, setChosen] = useState<TodayFilter | null>(null);
  return [
    chosen ?? before ?? EVERY_LINE,
    (next) => {
      setChosen(next);
      void call("session.setTodayFilter", next);
    },
  ];
}

/** Two filters, each with its counts. */
export function TodayFilters(props: {
  lines: readonly TodayLine[];
  filter: TodayFilter;
  onChange: (filter: TodayFilter) => void;
}) {
  const { filter, lines } = props;
  const ofRole = (one: TodayFilter["role"]) =>
    lines.filter((line) => matching(line, { role: one, kind: filter.kind }));
  const ofKind = (one: TodayFilter["kind"]) =>
    lines.filter((line) => matching(line, { role: filter.role, kind: one }));
  const kinds = dueKind.options.filter((one) => one === filter.kind || ofKind(one).length > 0);
  return (
    <div className="today-filters">
      <FieldRow>
        <Segmented
          label="For"
          value={filter.role}
          options={ROLES.map((one) => ({
            value: one,
            label: `${one === "all" ? "Everybody" : roleWords[one]} ${ofRole(one).length}`,
          }))}
          onChange={(value) => props.onChange({ ...filter, role: value ?? "all" })}
        />
        <Select
          label="Kind"
          value={filter.kind}
          options={[
            { value: "all" as const, label: `All kinds (${ofKind("all").length})` },
            ...kinds.map((one) => ({ value: one, label: `${dueKindWords[one]} (${ofKind(one).length})` })),
          ]}
          onChange={(value) => props.onChange({ ...filter, kind: value })}
        />
      </FieldRow>
    </div>
  );
}
